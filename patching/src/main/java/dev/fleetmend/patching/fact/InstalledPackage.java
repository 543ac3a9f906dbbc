package dev.fleetmend.patching.fact;

/**
 * A package as it is on a host.
 *
 * @param source the source package it was built from
 * @param section dpkg's section, or empty
 * @param priority dpkg's priority, or empty
 * @param held whether the package manager is told to leave it alone
 * @param installedAt when this version came, epoch seconds, 0 if unknown
 */
public record InstalledPackage(
    String name,
    String arch,
    String version,
    String source,
    String section,
    String priority,
    boolean held,
    long installedAt) {}

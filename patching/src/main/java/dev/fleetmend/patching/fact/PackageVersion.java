package dev.fleetmend.patching.fact;

/** One exact version of a package for one processor. */
public record PackageVersion(String name, String arch, String version) {}

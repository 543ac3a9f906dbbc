package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.fact.PackageVersion;

/**
 * One package in rpm's database, or one package file.
 *
 * @param version {@code [epoch:]version-release}, an epoch of 0 left out
 * @param source the name of the source package it was built from, empty if unknown
 * @param installedAt epoch seconds, 0 if unknown
 */
public record RpmPackage(
    String name, String arch, String version, String source, long installedAt) {
  /** The package. */
  public PackageId id() {
    return new PackageId(name, arch);
  }

  /** The package in this version. */
  public PackageVersion exact() {
    return new PackageVersion(name, arch, version);
  }
}

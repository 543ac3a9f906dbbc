package dev.fleetmend.node.manager;

import dev.fleetmend.patching.fact.PackageVersion;

/** A package on a host, whatever its version. */
public record PackageId(String name, String arch) implements Comparable<PackageId> {
  /** The package that a version is of. */
  public static PackageId of(PackageVersion version) {
    return new PackageId(version.name(), version.arch());
  }

  /** This package in that version. */
  public PackageVersion at(String version) {
    return new PackageVersion(name, arch, version);
  }

  @Override
  public int compareTo(PackageId other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : arch.compareTo(other.arch);
  }

  /** {@code name.arch}, as patches are named in SSM. */
  @Override
  public String toString() {
    return name + "." + arch;
  }
}

package dev.fleetmend.node.manager;

import dev.fleetmend.patching.fact.PackageVersion;
import org.jspecify.annotations.Nullable;

/**
 * A package going from one version to another.
 *
 * @param from null where it is not there before
 */
public record PackageChange(String name, String arch, @Nullable String from, String to) {
  /** The version that comes. */
  public PackageVersion incoming() {
    return new PackageVersion(name, arch, to);
  }

  /** The package. */
  public PackageId id() {
    return new PackageId(name, arch);
  }
}

package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.Map;
import java.util.Set;

/**
 * What the server remembers of a node, which its facts alone do not show.
 *
 * @param failed versions that the last Install tried and could not put in
 * @param installedInBoot versions that an Install put in and that wait for a reboot, with the boot
 *     id it happened in
 * @param quarantined versions held back after a rollback
 * @param released versions that were held back once and no longer are: the pin that a host may
 *     still have on one is not its owner's will
 */
public record NodeHistory(
    Set<PackageVersion> failed,
    Map<PackageVersion, String> installedInBoot,
    Set<PackageVersion> quarantined,
    Set<PackageVersion> released) {
  public NodeHistory {
    failed = Set.copyOf(failed);
    installedInBoot = Map.copyOf(installedInBoot);
    quarantined = Set.copyOf(quarantined);
    released = Set.copyOf(released);
  }

  /** A node of which nothing is remembered. */
  public static NodeHistory none() {
    return new NodeHistory(Set.of(), Map.of(), Set.of(), Set.of());
  }
}

package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.version.RpmVersion;
import java.util.List;

/**
 * What yum or dnf is told to leave alone, by locks or by exclusion.
 *
 * @param locked entries of the versionlock plugin's list without those that begin with an
 *     exclamation mark
 * @param keptAway those that do, without the mark
 * @param excluded patterns of the exclude settings
 */
public record VersionHolds(List<String> locked, List<String> keptAway, List<String> excluded) {
  /** Of lists that may change later. */
  public VersionHolds {
    locked = List.copyOf(locked);
    keptAway = List.copyOf(keptAway);
    excluded = List.copyOf(excluded);
  }

  /** Whether an administrator wants a package left alone. */
  public boolean holds(PackageId id) {
    return locked.stream().anyMatch(entry -> Globs.match(RpmNames.nameIn(entry), id.name()))
        || excluded.stream()
            .anyMatch(entry -> Globs.match(entry, id.name()) || Globs.match(entry, id.toString()));
  }

  /** Whether a version is kept away. */
  public boolean keepsAway(PackageVersion version) {
    return !keptAway.isEmpty()
        && keptAway.stream().anyMatch(entry -> Globs.match(entry, full(version)));
  }

  /** A version as the lists have it, with the epoch always. */
  private static String full(PackageVersion version) {
    RpmVersion evr = RpmVersion.parse(version.version());
    return "%s-%s:%s-%s.%s"
        .formatted(version.name(), evr.epoch(), evr.version(), evr.release(), version.arch());
  }
}

package dev.fleetmend.node.dnf;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.rpm.RpmNames;
import dev.fleetmend.patching.fact.PackageVersion;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * What dnf is told to leave alone, by locks or by exclusion.
 *
 * @param locked entries of the versionlock plugin's list without those that begin with an
 *     exclamation mark
 * @param keptAway those that do, without the mark
 * @param excluded patterns of the exclude settings
 */
record DnfHolds(List<String> locked, List<String> keptAway, List<String> excluded) {
  DnfHolds {
    locked = List.copyOf(locked);
    keptAway = List.copyOf(keptAway);
    excluded = List.copyOf(excluded);
  }

  /** Whether an administrator wants a package left alone. */
  boolean holds(PackageId id) {
    return locked.stream().anyMatch(entry -> matches(RpmNames.nameIn(entry), id.name()))
        || excluded.stream()
            .anyMatch(entry -> matches(entry, id.name()) || matches(entry, id.toString()));
  }

  /** Whether a version is kept away. */
  boolean keepsAway(PackageVersion version) {
    return !keptAway.isEmpty()
        && keptAway.stream().anyMatch(entry -> matches(entry, VersionLocks.full(version)));
  }

  private static boolean matches(String pattern, String text) {
    try {
      return pattern.equals(text)
          || FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(text));
    } catch (PatternSyntaxException | InvalidPathException e) {
      return false;
    }
  }
}

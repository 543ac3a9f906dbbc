package dev.fleetmend.node.journal;

import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The versions that an undo took out in favour of others, which are to be held back. */
public final class TakenOut {
  private TakenOut() {}

  /**
   * Those that gave way: to an older version, or to the package whose place they had taken. What
   * had only come along with them may come again.
   *
   * @param changes of the undo
   * @param results of it
   */
  public static List<PackageVersion> of(
      Collection<Change> changes, Collection<PatchResult> results) {
    Set<String> done =
        results.stream()
            .filter(result -> result.outcome() == Outcome.DONE)
            .map(result -> result.name() + "." + result.arch())
            .collect(Collectors.toSet());
    Set<String> replacements =
        changes.stream()
            .filter(change -> change.to() != null && done.contains(change.id()))
            .map(change -> String.valueOf(change.replacedBy()))
            .collect(Collectors.toSet());
    List<PackageVersion> versions = new ArrayList<>();
    for (Change change : changes) {
      PackageVersion before = change.before();
      if (before != null
          && done.contains(change.id())
          && (change.to() != null || replacements.contains(change.id()))) {
        versions.add(before);
      }
    }
    return versions;
  }
}

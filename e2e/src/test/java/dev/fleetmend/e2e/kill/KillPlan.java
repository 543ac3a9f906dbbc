package dev.fleetmend.e2e.kill;

import java.util.List;
import java.util.Map;

/**
 * What a run that is killed changes, and its undo changes back.
 *
 * @param asked the plan that the run is given
 * @param before what stands before it, versions by name
 * @param after what stands after it
 * @param reported what a run reports of each package: {@code NAME FROM TO}, null for nothing
 */
public record KillPlan(
    String asked, Map<String, String> before, Map<String, String> after, List<String> reported) {
  public KillPlan {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
    reported = List.copyOf(reported);
  }

  /** What stands after a run, or after its undo. */
  Map<String, String> standing(boolean install) {
    return install ? after : before;
  }

  /** What a run reports, or its undo. */
  List<String> reported(boolean install) {
    return reported.stream()
        .map(one -> one.split(" ", -1))
        .map(
            word ->
                install
                    ? "Install %s %s %s DONE".formatted(word[0], word[1], word[2])
                    : "Rollback %s %s %s DONE".formatted(word[0], word[2], word[1]))
        .toList();
  }
}

package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.fact.HostFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a baseline makes of a host.
 *
 * @param statuses every patch that counts, by name, arch and version
 * @param doubts why the host may be worse off than the statuses show, one sentence each
 */
public record Decision(List<PatchStatus> statuses, PatchCounts counts, List<String> doubts) {
  public Decision {
    statuses = List.copyOf(statuses);
    doubts = List.copyOf(doubts);
  }

  /**
   * Decides. The same arguments always give the same decision.
   *
   * @throws UnsupportedOperatingSystem when the baseline's operating system cannot be judged yet
   */
  public static Decision of(Baseline baseline, HostFacts facts, NodeHistory history, Instant now) {
    if (Approvals.rulesOf(baseline.operatingSystem()).hasWholeUpdates()) {
      List<PatchStatus> updates = UpdateStates.of(baseline, facts, history, now);
      return new Decision(
          updates,
          PatchCounts.of(updates, baseline.availableNonCompliant()),
          Doubts.of(facts, now));
    }
    Set<String> unfinished = new HashSet<>(facts.unfinished());
    PackageStates states = new PackageStates(baseline, facts.boot(), history, unfinished);
    List<PatchStatus> statuses = new ArrayList<>();
    for (PackageReview review : HostReview.of(baseline, facts, now)) {
      statuses.addAll(states.of(review));
      unfinished.remove(review.installed().name() + "." + review.installed().arch());
    }
    unfinished.forEach(name -> statuses.add(PackageStates.unfinished(name)));
    statuses.sort(PatchStatus.BY_PACKAGE);
    return new Decision(statuses, PatchCounts.of(statuses), Doubts.of(facts, now));
  }
}

package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.RejectedAction;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an Install puts in.
 *
 * @param install the exact versions, by name
 * @param blocked names that the baseline rejects with BLOCK
 * @param notes what is left out and why, one line each
 */
public record Selection(List<PackageVersion> install, List<String> blocked, List<String> notes) {
  public Selection {
    install = List.copyOf(install);
    blocked = List.copyOf(blocked);
    notes = List.copyOf(notes);
  }

  /**
   * Of every installed package the newest version that the baseline approves.
   *
   * @throws UnsupportedOperatingSystem when the baseline's operating system cannot be judged yet
   */
  public static Selection of(Baseline baseline, HostFacts facts, NodeHistory history, Instant now) {
    if (Approvals.rulesOf(baseline.operatingSystem()).hasWholeUpdates()) {
      return UpdateSelection.of(baseline, facts, history, now);
    }
    Choices choices = new Choices(history);
    for (PackageReview review : HostReview.of(baseline, facts, now)) {
      review.heldBack(history).ifPresent(version -> choices.leaveQuarantined(review, version));
      review
          .next(history)
          .or(() -> review.pinnedAway(history))
          .ifPresent(version -> choices.takeUnlessObstructed(review, version));
    }
    boolean block = baseline.rejectedAction() == RejectedAction.BLOCK;
    return choices.selection(block ? baseline.rejected() : List.of());
  }

  /**
   * Of every installed package the newest version that the list means, whatever the baseline says.
   * Quarantine and the host's own holds still stand; its pins do not stand against a title.
   *
   * @throws UnsupportedOperatingSystem when the baseline's operating system cannot be judged yet
   */
  public static Selection ofOverrides(
      List<InstallOverride> overrides,
      Baseline baseline,
      HostFacts facts,
      NodeHistory history,
      Instant now) {
    if (Approvals.rulesOf(baseline.operatingSystem()).hasWholeUpdates()) {
      return UpdateSelection.ofOverrides(overrides, baseline, facts, history, now);
    }
    Choices choices = new Choices(history);
    List<InstallOverride> unmatched = new ArrayList<>(overrides);
    for (PackageReview review : HostReview.of(baseline, facts, now)) {
      unmatched.removeIf(override -> isAbout(override, review));
      for (JudgedVersion version : review.newer()) {
        if (!isMeant(overrides, version, history)) {
          continue;
        }
        if (!history.quarantined().contains(version.id())) {
          choices.takeUnlessHeld(review, version);
          break;
        }
        choices.leaveQuarantined(review, version);
      }
    }
    unmatched.forEach(override -> choices.note("no package here matches " + override.id()));
    return choices.selection(List.of());
  }

  private static boolean isMeant(
      List<InstallOverride> overrides, JudgedVersion version, NodeHistory history) {
    boolean reachable = version.reachable() || history.released().contains(version.id());
    return overrides.stream()
        .anyMatch(
            override ->
                reachable
                    ? override.means(version.offer())
                    : override.namesVersion(version.offer()));
  }

  private static boolean isAbout(InstallOverride override, PackageReview review) {
    return override.means(review.present().offer())
        || review.newer().stream().anyMatch(version -> override.means(version.offer()));
  }
}

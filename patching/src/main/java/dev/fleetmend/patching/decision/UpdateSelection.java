package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What an Install puts in of updates that are units of their own. */
final class UpdateSelection {
  private static final Comparator<PackageVersion> BY_NAME =
      Comparator.comparing(PackageVersion::name).thenComparing(PackageVersion::version);

  private final NodeHistory history;
  private final List<PackageVersion> install = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private UpdateSelection(NodeHistory history) {
    this.history = history;
  }

  static Selection of(Baseline baseline, HostFacts facts, NodeHistory history, Instant now) {
    UpdateSelection selection = new UpdateSelection(history);
    UpdateReview review = UpdateReview.of(baseline, facts, now);
    review.updates().stream()
        .filter(update -> update.isApplicable() && update.approval().isApproved())
        .forEach(selection::noteQuarantine);
    review.wanted(history).forEach(selection::take);
    return selection.selection();
  }

  /** Exactly what the list names and the host can take, whatever the baseline says. */
  static Selection ofOverrides(
      List<InstallOverride> overrides,
      Baseline baseline,
      HostFacts facts,
      NodeHistory history,
      Instant now) {
    UpdateSelection selection = new UpdateSelection(history);
    UpdateReview review = UpdateReview.of(baseline, facts, now);
    FamilyRules family = Approvals.rulesOf(baseline.operatingSystem());
    for (InstallOverride override : overrides) {
      List<JudgedUpdate> meant =
          review.updates().stream()
              .filter(update -> family.isNamedBy(override.id(), update.offer()))
              .toList();
      if (meant.isEmpty()) {
        selection.notes.add("no update here matches " + override.id());
      }
      for (JudgedUpdate update : meant) {
        if (update.isApplicable()) {
          selection.noteQuarantine(update);
          selection.take(update);
        }
      }
    }
    return selection.selection();
  }

  private void noteQuarantine(JudgedUpdate update) {
    if (history.quarantined().contains(update.id())) {
      notes.add(update.offer().name() + " is held back by rollback");
    }
  }

  private void take(JudgedUpdate update) {
    if (history.quarantined().contains(update.id()) || install.contains(update.id())) {
      return;
    }
    if (update.asksUser()) {
      notes.add(update.offer().name() + " is left out: its installation can ask a user");
      return;
    }
    install.add(update.id());
  }

  private Selection selection() {
    install.sort(BY_NAME);
    return new Selection(install, List.of(), notes);
  }
}

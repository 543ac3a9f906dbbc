package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.RejectedAction;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.HostFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** States of updates that are units of their own, from what is and what should be. */
final class UpdateStates {
  private final Baseline baseline;
  private final Boot boot;
  private final NodeHistory history;
  private final Set<JudgedUpdate> wanted;
  private final Set<String> replaced;

  private UpdateStates(
      Baseline baseline, HostFacts facts, NodeHistory history, UpdateReview review) {
    this.baseline = baseline;
    this.boot = facts.boot();
    this.history = history;
    this.wanted = new HashSet<>(review.wanted(history));
    this.replaced =
        review.supersededBy(
            update ->
                update.isInstalled() || (update.isApplicable() && !update.approval().isRejected()));
  }

  static List<PatchStatus> of(
      Baseline baseline, HostFacts facts, NodeHistory history, Instant now) {
    UpdateReview review = UpdateReview.of(baseline, facts, now);
    UpdateStates states = new UpdateStates(baseline, facts, history, review);
    List<PatchStatus> statuses = new ArrayList<>();
    for (JudgedUpdate update : review.updates()) {
      if (update.isInstalled()) {
        statuses.add(states.present(update));
      } else if (update.isApplicable()) {
        states.absent(update).ifPresent(statuses::add);
      }
    }
    statuses.sort(PatchStatus.BY_PACKAGE);
    return statuses;
  }

  private PatchStatus present(JudgedUpdate update) {
    Approval approval = update.approval();
    if (history.quarantined().contains(update.id())) {
      return status(update, PatchState.INSTALLED_REJECTED, "held back by rollback, yet installed");
    }
    if (approval.isRejected()) {
      boolean block = baseline.rejectedAction() == RejectedAction.BLOCK;
      return status(
          update,
          block ? PatchState.INSTALLED_REJECTED : PatchState.INSTALLED_OTHER,
          approval.why());
    }
    if (boot.id().equals(history.installedInBoot().get(update.id()))) {
      return status(update, PatchState.INSTALLED_PENDING_REBOOT, "installed, and no reboot since");
    }
    if (boot.requiredBy().contains(update.offer().name())) {
      return status(
          update, PatchState.INSTALLED_PENDING_REBOOT, "the host asks for a reboot because of it");
    }
    return status(
        update,
        approval.isApproved() ? PatchState.INSTALLED : PatchState.INSTALLED_OTHER,
        approval.why());
  }

  private Optional<PatchStatus> absent(JudgedUpdate update) {
    Approval approval = update.approval();
    if (approval.isRejected()) {
      return Optional.empty();
    }
    if (history.quarantined().contains(update.id())) {
      return Optional.of(status(update, PatchState.NOT_APPLICABLE, "held back by rollback"));
    }
    if (wanted.contains(update)) {
      return Optional.of(
          history.failed().contains(update.id())
              ? status(
                  update, PatchState.FAILED, approval.why() + "; the last Install tried and failed")
              : status(update, PatchState.MISSING, approval.why()));
    }
    if (approval.isApproved()) {
      return Optional.of(
          status(
              update,
              PatchState.NOT_APPLICABLE,
              approval.why() + "; another approved or installed update replaces it"));
    }
    boolean available = update.security() && !replaced.contains(update.offer().version());
    return available
        ? Optional.of(status(update, PatchState.AVAILABLE_SECURITY_UPDATE, approval.why()))
        : Optional.empty();
  }

  private static PatchStatus status(JudgedUpdate update, PatchState state, String why) {
    return new PatchStatus(
        update.offer().name(),
        update.offer().arch(),
        update.offer().version(),
        state,
        update.approval().level(),
        update.offer().classification(),
        update.offer().severity(),
        update.security(),
        update.isInstalled() ? List.of() : update.offer().cves(),
        update.installed() == null ? 0 : update.installed().installedAt(),
        why,
        update.title());
  }
}

package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.RejectedAction;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.InstalledPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives one package its states: at most one for what is installed and one for what should be. */
final class PackageStates {
  private final Baseline baseline;
  private final Boot boot;
  private final NodeHistory history;
  private final Set<String> unfinished;
  private final boolean considersAll;

  PackageStates(Baseline baseline, Boot boot, NodeHistory history, Set<String> unfinished) {
    this.baseline = baseline;
    this.boot = boot;
    this.history = history;
    this.unfinished = Set.copyOf(unfinished);
    this.considersAll =
        baseline.approvedNonSecurity()
            || baseline.rules().stream().anyMatch(ApprovalRule::enableNonSecurity);
  }

  List<PatchStatus> of(PackageReview review) {
    List<PatchStatus> states = new ArrayList<>();
    Optional<PatchStatus> wanted = wanted(review);
    wanted.ifPresent(states::add);
    heldBack(review).ifPresent(states::add);
    Optional<PatchStatus> present = present(review);
    present
        .filter(status -> wanted.isEmpty() || status.state().isNonCompliant())
        .ifPresent(states::add);
    return states;
  }

  /** A package that is neither wholly installed nor removed, of which no more is known. */
  static PatchStatus unfinished(String nameAndArch) {
    int dot = nameAndArch.lastIndexOf('.');
    return new PatchStatus(
        dot < 0 ? nameAndArch : nameAndArch.substring(0, dot),
        dot < 0 ? "" : nameAndArch.substring(dot + 1),
        "",
        PatchState.FAILED,
        ComplianceLevel.UNSPECIFIED,
        "",
        "",
        false,
        List.of(),
        0,
        "it is neither wholly installed nor removed");
  }

  private Optional<PatchStatus> wanted(PackageReview review) {
    return review
        .next(history)
        .or(() -> review.pinnedAway(history))
        .map(
            version ->
                notInstalled(review, version, wantedState(version), wantedWhy(review, version)));
  }

  private PatchState wantedState(JudgedVersion version) {
    return history.failed().contains(version.id()) ? PatchState.FAILED : PatchState.MISSING;
  }

  private String wantedWhy(PackageReview review, JudgedVersion version) {
    StringBuilder why =
        new StringBuilder(version.approval().why())
            .append("; installed is ")
            .append(review.installed().version());
    review.obstacles(version, history).forEach(obstacle -> why.append("; ").append(obstacle));
    if (history.failed().contains(version.id())) {
      why.append("; the last Install tried and failed");
    }
    return why.toString();
  }

  private Optional<PatchStatus> heldBack(PackageReview review) {
    return review
        .heldBack(history)
        .map(
            version ->
                notInstalled(
                    review,
                    version,
                    PatchState.NOT_APPLICABLE,
                    "held back by rollback; installed is " + review.installed().version()));
  }

  private Optional<PatchStatus> present(PackageReview review) {
    JudgedVersion present = review.present();
    InstalledPackage installed = review.installed();
    if (unfinished.contains(installed.name() + "." + installed.arch())) {
      return installed(review, PatchState.FAILED, "it is neither wholly installed nor removed");
    }
    if (history.quarantined().contains(present.id())) {
      return installed(
          review, PatchState.INSTALLED_REJECTED, "held back by rollback, yet installed");
    }
    if (present.approval().isRejected()) {
      boolean block = baseline.rejectedAction() == RejectedAction.BLOCK;
      return installed(
          review,
          block ? PatchState.INSTALLED_REJECTED : PatchState.INSTALLED_OTHER,
          present.approval().why());
    }
    if (boot.id().equals(history.installedInBoot().get(present.id()))) {
      return installed(
          review, PatchState.INSTALLED_PENDING_REBOOT, "installed, and no reboot since");
    }
    if (present.approval().isApproved()) {
      return hostAsksForReboot(installed)
          ? installed(
              review,
              PatchState.INSTALLED_PENDING_REBOOT,
              "installed since the last boot, and the host asks for a reboot because of it")
          : installed(review, PatchState.INSTALLED, present.approval().why());
    }
    return considersAll || present.security()
        ? installed(review, PatchState.INSTALLED_OTHER, present.approval().why())
        : Optional.empty();
  }

  private boolean hostAsksForReboot(InstalledPackage installed) {
    return boot.rebootRequired()
        && boot.requiredBy().contains(installed.name())
        && installed.installedAt() >= boot.startedAt();
  }

  private static Optional<PatchStatus> installed(
      PackageReview review, PatchState state, String why) {
    return Optional.of(
        status(review.present(), state, List.of(), review.installed().installedAt(), why));
  }

  private static PatchStatus notInstalled(
      PackageReview review, JudgedVersion version, PatchState state, String why) {
    return status(version, state, review.cvesClosedBy(version), 0, why);
  }

  private static PatchStatus status(
      JudgedVersion version, PatchState state, List<String> cves, long installedAt, String why) {
    return new PatchStatus(
        version.offer().name(),
        version.offer().arch(),
        version.version(),
        state,
        version.approval().level(),
        version.classification(),
        version.offer().severity(),
        version.security(),
        cves,
        installedAt,
        why);
  }
}

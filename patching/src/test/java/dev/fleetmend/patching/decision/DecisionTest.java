package dev.fleetmend.patching.decision;

import static dev.fleetmend.patching.decision.Histories.NEW_SSL;
import static dev.fleetmend.patching.decision.Host.BACKPORTS;
import static dev.fleetmend.patching.decision.Host.MAIN;
import static dev.fleetmend.patching.decision.Host.NOW;
import static dev.fleetmend.patching.decision.Host.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.RejectedAction;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
  @Test
  void aSecurityUpdateIsMissingWithTheCvesItCloses() {
    Host host =
        new Host()
            .installed("ssl", "1")
            .offers("ssl", "1.5", SECURITY, "CVE-2026-0001")
            .candidate("ssl", "2", SECURITY, "CVE-2026-0002");

    Decision decision = decide(Baselines.security(), host);

    assertThat(decision.statuses()).hasSize(1);
    PatchStatus status = decision.statuses().getFirst();
    assertThat(status.state()).isEqualTo(PatchState.MISSING);
    assertThat(status.version()).isEqualTo("2");
    assertThat(status.classification()).isEqualTo("Security");
    assertThat(status.cves()).containsExactly("CVE-2026-0001", "CVE-2026-0002");
    assertThat(status.installedAt()).isZero();
    assertThat(status.why()).isEqualTo("rule 1 of pb-1 approves it; installed is 1");
    assertThat(decision.counts().missing()).isEqualTo(1);
    assertThat(decision.counts().securityNonCompliant()).isEqualTo(1);
    assertThat(decision.counts().otherNonCompliant()).isZero();
    assertThat(decision.counts().isCompliant()).isFalse();
  }

  @Test
  void aFixHidingBehindANewerBugFixCandidateIsFound() {
    Host host =
        new Host().installed("ssl", "1").offers("ssl", "2", SECURITY).candidate("ssl", "3", MAIN);

    assertThat(states(Baselines.security(), host)).containsExactly("ssl 2 Missing");
    assertThat(states(Baselines.everything(), host)).containsExactly("ssl 3 Missing");
  }

  @Test
  void withoutNonSecurityOnlyTheSecurityArchiveCounts() {
    Host host =
        new Host()
            .installed("tool", "1")
            .candidate("tool", "2", MAIN)
            .installed("lib", "1")
            .candidate("lib", "1", SECURITY)
            .installed("own", "7");

    assertThat(states(Baselines.security(), host)).containsExactly("lib 1 Installed");
    assertThat(states(Baselines.everything(), host))
        .containsExactly("lib 1 Installed", "own 7 Installed", "tool 2 Missing");
  }

  @Test
  void whatNoRuleApprovesIsInstalledOther() {
    Baseline baseline =
        Baselines.of(
            List.of(
                Baselines.rule(ComplianceLevel.LOW, false, Baselines.filter("SECTION", "mail"))));
    Host host = new Host().installed("lib", "1").candidate("lib", "1", SECURITY);

    assertThat(states(baseline, host)).containsExactly("lib 1 InstalledOther");
  }

  @Test
  void backportsAreNotMeantForEverybody() {
    Host host =
        new Host()
            .installed("tool", "1")
            .candidate("tool", "1", MAIN)
            .offers("tool", "2~bpo12+1", BACKPORTS);

    assertThat(states(Baselines.everything(), host)).containsExactly("tool 1 Installed");
  }

  @Test
  void aFixThatPinsKeepOutIsMissingAndSaysSo() {
    Host host =
        new Host().installed("ssl", "1").candidate("ssl", "1", MAIN).offers("ssl", "2", SECURITY);

    Decision decision = decide(Baselines.security(), host);

    assertThat(decision.counts().missing()).isEqualTo(1);
    assertThat(decision.statuses().getFirst().why()).contains("pins keep this version out");
  }

  @Test
  void aHeldPackageIsMissingAndSaysSo() {
    Host host = new Host().held("ssl", "1").candidate("ssl", "2", SECURITY);

    Decision decision = decide(Baselines.security(), host);

    assertThat(decision.counts().missing()).isEqualTo(1);
    assertThat(decision.statuses().getFirst().why()).contains("the host holds the package");
  }

  @Test
  void rejectionStandsAboveApproval() {
    Baseline both =
        Baselines.rejecting(
            Baselines.approving(List.of("ssl"), ComplianceLevel.HIGH, true),
            RejectedAction.BLOCK,
            "ssl");
    Host host = new Host().installed("ssl", "1").candidate("ssl", "2", SECURITY);

    assertThat(states(both, host)).containsExactly("ssl 1 InstalledRejected");
    assertThat(decide(both, host).counts().isCompliant()).isFalse();
    Baseline allowed = Baselines.rejecting(both, RejectedAction.ALLOW_AS_DEPENDENCY, "ssl");
    assertThat(states(allowed, host)).containsExactly("ssl 1 InstalledOther");
    assertThat(decide(allowed, host).counts().installedRejected()).isZero();
  }

  @Test
  void listedPatchesAreSecurityOnlyUnlessSaidOtherwise() {
    Host host = new Host().installed("tool", "1").candidate("tool", "2", MAIN);
    List<String> list = List.of("tool");

    assertThat(states(Baselines.approving(list, ComplianceLevel.HIGH, false), host)).isEmpty();
    Decision decision = decide(Baselines.approving(list, ComplianceLevel.CRITICAL, true), host);
    assertThat(decision.statuses().getFirst().complianceLevel())
        .isEqualTo(ComplianceLevel.CRITICAL);
    assertThat(decision.counts().criticalNonCompliant()).isEqualTo(1);
    assertThat(decision.counts().securityNonCompliant()).isZero();
    assertThat(decision.counts().otherNonCompliant()).isZero();
  }

  @Test
  void aFailedInstallIsFailedUntilAnotherVersionIsNext() {
    NodeHistory failed = Histories.failed();
    Host host = new Host().installed("ssl", "1").candidate("ssl", "2", SECURITY);

    assertThat(states(Baselines.security(), host, failed)).containsExactly("ssl 2 Failed");
    host.offers("ssl", "3", SECURITY).candidate("ssl", "3", SECURITY);
    assertThat(states(Baselines.security(), host, failed)).containsExactly("ssl 3 Missing");
  }

  @Test
  void installedInThisBootIsPendingUntilTheNext() {
    Host host = new Host().installed("ssl", "2").candidate("ssl", "2", SECURITY);

    assertThat(states(Baselines.security(), host, Histories.putIn("boot-1")))
        .containsExactly("ssl 2 InstalledPendingReboot");
    assertThat(states(Baselines.security(), host, Histories.putIn("boot-0")))
        .containsExactly("ssl 2 Installed");
  }

  @Test
  void whatTheHostItselfWantsToRebootForIsPending() {
    Host host =
        new Host()
            .installedSinceBoot("ssl", "2")
            .candidate("ssl", "2", SECURITY)
            .asksForRebootBecauseOf("ssl");

    assertThat(states(Baselines.security(), host)).containsExactly("ssl 2 InstalledPendingReboot");
  }

  @Test
  void aQuarantinedVersionIsShownAndNotWantedAndANewerOneIsJudgedAfresh() {
    NodeHistory quarantine = Histories.quarantined();
    Host host =
        new Host()
            .installed("ssl", "1")
            .candidate("ssl", "1", SECURITY)
            .offers("ssl", "2", SECURITY, "CVE-2026-0002");

    Decision decision = decide(Baselines.security(), host, quarantine);
    PatchStatus held = decision.statuses().getLast();
    assertThat(held.state()).isEqualTo(PatchState.NOT_APPLICABLE);
    assertThat(held.why()).startsWith("held back by rollback");
    assertThat(held.cves()).containsExactly("CVE-2026-0002");
    assertThat(decision.counts().missing()).isZero();

    host.candidate("ssl", "3", SECURITY);
    assertThat(states(Baselines.security(), host, quarantine)).containsExactly("ssl 3 Missing");
  }

  @Test
  void aQuarantinedVersionThatIsInstalledIsRejected() {
    NodeHistory quarantine = Histories.quarantined();
    Host host = new Host().installed("ssl", "2").candidate("ssl", "2", SECURITY);

    assertThat(states(Baselines.security(), host, quarantine))
        .containsExactly("ssl 2 InstalledRejected");
  }

  @Test
  void aReleasedVersionIsWantedAgainAlthoughTheHostStillPinsIt() {
    NodeHistory released = Histories.released();
    Host host =
        new Host().installed("ssl", "1").candidate("ssl", "1", MAIN).offers("ssl", "2", SECURITY);

    assertThat(states(Baselines.security(), host, released)).containsExactly("ssl 2 Missing");
    assertThat(Selection.of(Baselines.security(), host.facts(), released, NOW).install())
        .containsExactly(NEW_SSL);
  }

  @Test
  void unfinishedPackagesAreNeverCompliant() {
    Host host = new Host().installed("tool", "1").unfinished("tool.amd64").unfinished("half.amd64");

    Decision decision = decide(Baselines.security(), host);

    assertThat(decision.counts().failed()).isEqualTo(2);
    assertThat(decision.counts().isCompliant()).isFalse();
    assertThat(decision.doubts()).hasSize(1);
  }

  @Test
  void listsThatCannotBeReliedOnAreDoubted() {
    long now = NOW.getEpochSecond();
    assertThat(decide(Baselines.security(), new Host()).doubts()).isEmpty();
    assertThat(decide(Baselines.security(), new Host().lists(0, "")).doubts())
        .singleElement()
        .asString()
        .contains("never fetched");
    assertThat(decide(Baselines.security(), new Host().lists(now - 3 * 86_400, "")).doubts())
        .singleElement()
        .asString()
        .contains("72 hours old");
    assertThat(decide(Baselines.security(), new Host().lists(now, "no route")).doubts())
        .containsExactly("The package lists could not be refreshed: no route");
  }

  private static Decision decide(Baseline baseline, Host host) {
    return decide(baseline, host, NodeHistory.none());
  }

  private static Decision decide(Baseline baseline, Host host, NodeHistory history) {
    return Decision.of(baseline, host.facts(), history, NOW);
  }

  private static List<String> states(Baseline baseline, Host host) {
    return states(baseline, host, NodeHistory.none());
  }

  private static List<String> states(Baseline baseline, Host host, NodeHistory history) {
    return decide(baseline, host, history).statuses().stream()
        .map(s -> s.name() + " " + s.version() + " " + s.state().wireName())
        .toList();
  }
}

package dev.fleetmend.patching.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.Origin;
import dev.fleetmend.patching.fact.PackageVersion;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expanded Security Maintenance, on Ubuntu hosts with and without Ubuntu Pro. */
class UbuntuProTest {
  private static final Instant NOW = Host.NOW;
  private static final Origin POCKET =
      new Origin("Ubuntu", "Ubuntu", "jammy-security", "jammy", "main");
  private static final Origin INFRA =
      new Origin("UbuntuESM", "UbuntuESM", "jammy-infra-security", "jammy", "main");
  private static final Origin APPS =
      new Origin("UbuntuESMApps", "UbuntuESMApps", "jammy-apps-security", "jammy", "main");
  private static final Origin APPS_UPDATES =
      new Origin("UbuntuESMApps", "UbuntuESMApps", "jammy-apps-updates", "jammy", "main");

  private static Baseline security() {
    Baseline debian = Baselines.security();
    return new Baseline(
        debian.id(),
        "UBUNTU",
        List.of(),
        List.of(Baselines.rule(ComplianceLevel.UNSPECIFIED, false)),
        List.of(),
        ComplianceLevel.UNSPECIFIED,
        false,
        List.of(),
        debian.rejectedAction());
  }

  @Test
  void anAttachedHostTakesWhatEsmHasForIt() {
    HostFacts facts =
        new Host()
            .installed("openssl", "1")
            .candidate("openssl", "1+esm1", INFRA)
            .installed("vlc", "1")
            .candidate("vlc", "1+esm1", APPS)
            .installed("tool", "1")
            .candidate("tool", "1+esm1", APPS_UPDATES)
            .facts();

    Selection selection = Selection.of(security(), facts, NodeHistory.none(), NOW);

    assertThat(selection.install())
        .containsExactly(
            new PackageVersion("openssl", "amd64", "1+esm1"),
            new PackageVersion("vlc", "amd64", "1+esm1"));
  }

  @Test
  void aHostThatIsNotAttachedTakesTheLastOpenFixAndIsToldWhatOnlyProHas() {
    HostFacts facts =
        new Host()
            .installed("openssl", "1")
            .candidate("openssl", "2", POCKET)
            .offers("openssl", "2+esm1", INFRA, "CVE-2026-0003")
            .installed("vlc", "1")
            .offers("vlc", "1+esm1", APPS)
            .facts();
    String why = "only Ubuntu Pro has it, and the host's pins keep this version out";

    Selection selection = Selection.of(security(), facts, NodeHistory.none(), NOW);

    assertThat(selection.install()).containsExactly(new PackageVersion("openssl", "amd64", "2"));
    assertThat(selection.notes()).containsExactly("vlc.amd64 1+esm1 is left out: " + why);
    assertThat(
            Decision.of(security(), facts, NodeHistory.none(), NOW).statuses().stream()
                .filter(status -> status.name().equals("vlc")))
        .anySatisfy(
            status -> {
              assertThat(status.state()).isEqualTo(PatchState.MISSING);
              assertThat(status.why()).contains(why);
            });
  }
}

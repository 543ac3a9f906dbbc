package dev.fleetmend.patching.decision;

import static dev.fleetmend.patching.decision.Histories.NEW_SSL;
import static dev.fleetmend.patching.decision.Host.BACKPORTS;
import static dev.fleetmend.patching.decision.Host.MAIN;
import static dev.fleetmend.patching.decision.Host.NOW;
import static dev.fleetmend.patching.decision.Host.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.baseline.RejectedAction;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  @Test
  void takesTheNewestApprovedVersionOfEachPackage() {
    Host host =
        new Host()
            .installed("tool", "1")
            .candidate("tool", "2", MAIN)
            .installed("ssl", "1")
            .offers("ssl", "1.5", SECURITY)
            .offers("ssl", "2", SECURITY)
            .candidate("ssl", "3", MAIN);

    Selection selection = Selection.of(Baselines.security(), host.facts(), NodeHistory.none(), NOW);

    assertThat(selection.install()).containsExactly(NEW_SSL);
    assertThat(selection.notes()).isEmpty();
  }

  @Test
  void saysWhatItLeavesOut() {
    Host host =
        new Host()
            .held("held", "1")
            .candidate("held", "2", SECURITY)
            .installed("pinned", "1")
            .candidate("pinned", "1", MAIN)
            .offers("pinned", "2", SECURITY)
            .installed("ssl", "1")
            .candidate("ssl", "2", SECURITY, "CVE-2026-0002");

    Selection selection =
        Selection.of(Baselines.security(), host.facts(), Histories.quarantined(), NOW);

    assertThat(selection.install()).isEmpty();
    assertThat(selection.notes())
        .containsExactly(
            "held.amd64 2 is left out: the host holds the package",
            "pinned.amd64 2 is left out: the host's pins keep this version out",
            "ssl.amd64 2 is held back by rollback, which leaves open CVE-2026-0002");
  }

  @Test
  void aQuarantineLeavesTheNextBestVersion() {
    Host host =
        new Host()
            .installed("ssl", "1")
            .offers("ssl", "1.5", SECURITY)
            .candidate("ssl", "2", SECURITY);

    assertThat(
            Selection.of(Baselines.security(), host.facts(), Histories.quarantined(), NOW)
                .install())
        .containsExactly(new PackageVersion("ssl", "amd64", "1.5"));
  }

  @Test
  void rejectedPackagesAreNotTakenAndBlockedOnesNamed() {
    Host host = new Host().installed("ssl", "1").candidate("ssl", "2", SECURITY);

    Selection blocked =
        Selection.of(
            Baselines.rejecting(Baselines.security(), RejectedAction.BLOCK, "ssl"),
            host.facts(),
            NodeHistory.none(),
            NOW);
    assertThat(blocked.install()).isEmpty();
    assertThat(blocked.blocked()).containsExactly("ssl");

    Selection allowed =
        Selection.of(
            Baselines.rejecting(Baselines.security(), RejectedAction.ALLOW_AS_DEPENDENCY, "ssl"),
            host.facts(),
            NodeHistory.none(),
            NOW);
    assertThat(allowed.install()).isEmpty();
    assertThat(allowed.blocked()).isEmpty();
  }

  @Test
  void anOverrideListReplacesTheBaseline() {
    Host host =
        new Host()
            .installed("tool", "1")
            .offers("tool", "1.5", MAIN)
            .candidate("tool", "2", MAIN)
            .offers("tool", "3~bpo", BACKPORTS)
            .installed("ssl", "1")
            .candidate("ssl", "2", SECURITY);

    assertThat(overridden(host, "tool.amd64", null)).containsExactly("tool 2");
    assertThat(overridden(host, "t*.amd64", "tool.amd64:1.*")).containsExactly("tool 1.5");
    assertThat(overridden(host, "tool.amd64", "tool.amd64:0:2")).containsExactly("tool 2");
    assertThat(overridden(host, "tool.amd64", "tool.amd64:3~bpo")).containsExactly("tool 3~bpo");
    assertThat(overridden(host, "*", null)).containsExactly("ssl 2", "tool 2");
    assertThat(overridden(host, "tool", null)).isEmpty();
  }

  @Test
  void anOverrideListPassesNeitherHoldNorQuarantine() {
    Host host =
        new Host()
            .held("tool", "1")
            .candidate("tool", "2", MAIN)
            .installed("ssl", "1")
            .candidate("ssl", "2", SECURITY);

    Selection selection =
        Selection.ofOverrides(
            List.of(
                new InstallOverride("tool.amd64", null),
                new InstallOverride("ssl.amd64", null),
                new InstallOverride("none.amd64", null)),
            Baselines.security(),
            host.facts(),
            Histories.quarantined(),
            NOW);

    assertThat(selection.install()).isEmpty();
    assertThat(selection.notes())
        .containsExactly(
            "tool.amd64 2 is left out: the host holds the package",
            "ssl.amd64 2 is held back by rollback",
            "no package here matches none.amd64");
  }

  @ParameterizedTest
  @CsvSource({
    "a*c, abbc, true",
    "a*c, abb, false",
    "*, '', true",
    "**b*, aab, true",
    "a, ab, false",
    "*.amd64, lib.so.amd64, true",
    "l.b, lib, false",
  })
  void globsKnowTheStarOnly(String pattern, String text, boolean matches) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
  }

  private static List<String> overridden(Host host, String id, @Nullable String title) {
    return Selection.ofOverrides(
            List.of(new InstallOverride(id, title)),
            Baselines.security(),
            host.facts(),
            NodeHistory.none(),
            NOW)
        .install()
        .stream()
        .map(version -> version.name() + " " + version.version())
        .toList();
  }
}

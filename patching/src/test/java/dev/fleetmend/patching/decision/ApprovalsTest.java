package dev.fleetmend.patching.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.baseline.RejectedAction;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.Origin;
import dev.fleetmend.patching.version.DebVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "Debian, Debian-Security, stable-security, true",
    "Debian, Debian-Security, oldoldstable, true",
    "Debian, Debian, stable-security, false",
    "Debian, Debian, stable-updates, false",
    "Raspbian, Raspbian, oldstable, false",
    "Raspberry Pi Foundation, Raspberry Pi Foundation, oldstable, false",
  })
  void debianSecurityIsTheArchivesLabel(
      String origin, String label, String suite, boolean security) {
    assertThat(AptRules.debian().isSecurity(version(origin, label, suite))).isEqualTo(security);
  }

  @ParameterizedTest
  @CsvSource({
    "Ubuntu, Ubuntu, jammy-security, true",
    "Ubuntu, Ubuntu, jammy-updates, false",
    "UbuntuESM, UbuntuESM, jammy-infra-security, true",
    "UbuntuESMApps, UbuntuESMApps, jammy-apps-security, true",
    "UbuntuESMApps, UbuntuESMApps, jammy-apps-updates, false",
    "LP-PPA-somebody, LP-PPA-somebody, jammy-security, false",
    "UbuntuLookalike, Ubuntu, jammy-security, false",
  })
  void ubuntuSecurityIsTheArchivesSuite(
      String origin, String label, String suite, boolean security) {
    assertThat(AptRules.ubuntu().isSecurity(version(origin, label, suite))).isEqualTo(security);
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCT, Debian12, true",
    "PRODUCT, Debian11, false",
    "PRODUCT, *, true",
    "PRIORITY, Optional, true",
    "PRIORITY, Required, false",
    "SECTION, contrib/net, true",
    "SECTION, net, true",
    "SECTION, Net, true",
    "SECTION, mail, false",
    "CLASSIFICATION, Security, false",
    "CLASSIFICATION, *, true",
  })
  void filtersReadTheArchivesFields(String key, String value, boolean matches) {
    Baseline baseline =
        Baselines.of(
            List.of(
                Baselines.rule(ComplianceLevel.LOW, true, new Filter(key, List.of("x", value)))));
    assertThat(judge(baseline).isApproved()).isEqualTo(matches);
  }

  @Test
  void filtersCombineWithAndAndGlobalOnesComeFirst() {
    Filter optional = Baselines.filter("PRIORITY", "Optional");
    Filter mail = Baselines.filter("SECTION", "mail");
    ApprovalRule both = Baselines.rule(ComplianceLevel.LOW, true, optional, mail);
    ApprovalRule one = Baselines.rule(ComplianceLevel.LOW, true, optional);
    Baseline filtered =
        new Baseline(
            "pb-1",
            "DEBIAN",
            List.of(mail),
            List.of(one),
            List.of("tool"),
            ComplianceLevel.LOW,
            false,
            List.of(),
            RejectedAction.BLOCK);

    assertThat(judge(Baselines.of(List.of(both))).isApproved()).isFalse();
    assertThat(judge(Baselines.of(List.of(both, one))).why())
        .isEqualTo("rule 2 of pb-1 approves it");
    assertThat(judge(filtered).why()).isEqualTo("the global filters of pb-1 leave it out");
  }

  @Test
  void ofSeveralRulesTheHighestLevelCounts() {
    Baseline baseline =
        Baselines.of(
            List.of(
                Baselines.rule(ComplianceLevel.LOW, true),
                Baselines.rule(ComplianceLevel.HIGH, true),
                Baselines.rule(ComplianceLevel.CRITICAL, false)));
    assertThat(judge(baseline).level()).isEqualTo(ComplianceLevel.HIGH);
  }

  @Test
  void ofSeveralRulesTheEarliestApprovalCounts() {
    Baseline late = Baselines.of(List.of(delayed(40), delayed(30)));
    Baseline soon = Baselines.of(List.of(delayed(40), delayed(30), delayed(3)));
    OfferedVersion version = version("Debian", "Debian-Security", "stable-security");

    Approval pending = new Approvals(late, new Dated(), "Debian12", NOW).of(version);
    assertThat(pending.verdict()).isEqualTo(Approval.Verdict.PENDING);
    assertThat(pending.approvedFrom()).isEqualTo(Instant.parse("2026-03-24T00:00:00Z"));
    assertThat(pending.why()).isEqualTo("rule 2 of pb-1 approves it on 2026-03-24T00:00:00Z");
    assertThat(new Approvals(soon, new Dated(), "Debian12", NOW).of(version).isApproved()).isTrue();
  }

  @Test
  void refusesAnOperatingSystemItCannotJudge() {
    Baseline unknown =
        new Baseline(
            "pb-1",
            "PLAN9",
            List.of(),
            List.of(),
            List.of(),
            ComplianceLevel.LOW,
            false,
            List.of(),
            RejectedAction.BLOCK);
    assertThatThrownBy(() -> Approvals.by(unknown, "Fourth", NOW))
        .isInstanceOf(UnsupportedOperatingSystem.class)
        .hasMessage("patches of PLAN9 cannot be judged yet");
  }

  private static Approval judge(Baseline baseline) {
    return Approvals.by(baseline, "Debian12", NOW).of(version("Debian", "Debian", "stable"));
  }

  private static ApprovalRule delayed(int days) {
    return new ApprovalRule(List.of(), ComplianceLevel.LOW, days, null, true);
  }

  private static OfferedVersion version(String origin, String label, String suite) {
    return new OfferedVersion(
        "tool",
        "amd64",
        "1",
        List.of(new Origin(origin, label, suite, "bookworm-security", "main")),
        true,
        "contrib/net",
        "optional",
        "",
        "",
        List.of(),
        List.of(),
        Instant.parse("2026-02-22T00:00:00Z").getEpochSecond(),
        0);
  }

  /** A family whose archives say when a version was released. */
  private static final class Dated implements FamilyRules {
    @Override
    public Comparator<String> versionOrder() {
      return DebVersion.ORDER;
    }

    @Override
    public boolean isSecurity(OfferedVersion version) {
      return true;
    }

    @Override
    public boolean matches(Filter filter, String product, OfferedVersion version) {
      return true;
    }

    @Override
    public boolean isNamedBy(String entry, OfferedVersion version) {
      return false;
    }

    @Override
    public Instant approvedFrom(ApprovalRule rule, OfferedVersion version) {
      Integer days = rule.approveAfterDays();
      return Instant.ofEpochSecond(version.releasedAt() + 86_400L * (days == null ? 0 : days));
    }
  }
}

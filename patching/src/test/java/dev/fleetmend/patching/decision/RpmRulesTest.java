package dev.fleetmend.patching.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.baseline.RejectedAction;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.Origin;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.fact.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpmRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long OLD = NOW.minus(Duration.ofDays(30)).getEpochSecond();
  private static final Filter BUGFIX = new Filter("CLASSIFICATION", List.of("Bugfix"));
  private static final Filter ANY = new Filter("CLASSIFICATION", List.of("*"));
  private static final Filter SECURITY = new Filter("CLASSIFICATION", List.of("Security"));

  @ParameterizedTest
  @CsvSource({
    "PRODUCT, RockyLinux9.3, true",
    "PRODUCT, RockyLinux9.4, false",
    "PRODUCT, *, true",
    "CLASSIFICATION, Security, true",
    "CLASSIFICATION, security, true",
    "CLASSIFICATION, Bugfix, false",
    "SEVERITY, Medium, true",
    "SEVERITY, Moderate, true",
    "SEVERITY, Important, false",
    "SEVERITY, None, false",
    "SEVERITY, *, true",
    "PRIORITY, Required, false",
    "PRIORITY, *, true",
  })
  void filtersReadTheNotice(String key, String value, boolean matches) {
    Filter filter = new Filter(key, List.of("x", value));
    assertThat(RpmRules.byNoticeType().matches(filter, "RockyLinux9.3", notice("Security", OLD)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "AmazonLinux2.0, AmazonLinux2, true",
    "AmazonLinux2, AmazonLinux2, true",
    "AmazonLinux2.0, AmazonLinux2023, false",
    "RedhatEnterpriseLinux8.10, RedhatEnterpriseLinux8.1, false",
    "RedhatEnterpriseLinux9.0, RedhatEnterpriseLinux9.0, true",
  })
  void amazonLinux2HasTwoNames(String value, String product, boolean matches) {
    Filter filter = new Filter("PRODUCT", List.of(value));
    assertThat(RpmRules.byAnyNotice().matches(filter, product, notice("Security", OLD)))
        .isEqualTo(matches);
  }

  @Test
  void noneIsTheSeverityOfANoticeWithoutOne() {
    Filter none = new Filter("SEVERITY", List.of("None"));
    OfferedVersion without = notice("", OLD);
    assertThat(RpmRules.byAnyNotice().matches(none, "AmazonLinux2023", without)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ROCKY_LINUX, Security, true",
    "SUSE, Security, true",
    "SUSE, Recommended, false",
    "ROCKY_LINUX, Bugfix, false",
    "ROCKY_LINUX, '', false",
    "AMAZON_LINUX_2023, Security, true",
    "AMAZON_LINUX_2023, Bugfix, true",
    "AMAZON_LINUX_2023, '', false",
    "AMAZON_LINUX_2, Enhancement, true",
  })
  void securityIsTheNoticesTypeAndOnAmazonLinuxAnyNotice(
      String system, String classification, boolean security) {
    assertThat(Approvals.isSecurity(system, notice(classification, OLD))).isEqualTo(security);
  }

  @Test
  void aRuleThatNamesAClassTakesItsNoticesWithoutNonSecurity() {
    OfferedVersion bugfix = notice("Bugfix", OLD);
    assertThat(judge(bugfix, rule(7, null, false, BUGFIX)).isApproved()).isTrue();
    assertThat(judge(bugfix, rule(7, null, false, ANY)).why())
        .isEqualTo("pb-1 takes security updates only, and no security archive or notice has it");
    assertThat(judge(bugfix, rule(7, null, true, ANY)).isApproved()).isTrue();
    assertThat(judge(bugfix, rule(7, null, false, SECURITY)).why())
        .isEqualTo("no rule of pb-1 matches it");
  }

  @Test
  void aPackageWithoutNoticeNeedsNonSecurity() {
    OfferedVersion plain = notice("", OLD);
    assertThat(judge(plain, rule(7, null, false)).isApproved()).isFalse();
    assertThat(judge(plain, rule(7, null, false, ANY)).isApproved()).isFalse();
    assertThat(judge(plain, rule(7, null, true, ANY)).isApproved()).isTrue();
    assertThat(judge(plain, rule(7, null, true, SECURITY)).isApproved()).isFalse();
  }

  @Test
  void theDelayCountsFromTheNoticesUpdate() {
    long threeDaysAgo = NOW.minus(Duration.ofDays(3)).getEpochSecond();
    Approval waiting = judge(notice("Security", threeDaysAgo), rule(7, null, false));

    assertThat(waiting.verdict()).isEqualTo(Approval.Verdict.PENDING);
    assertThat(waiting.approvedFrom()).isEqualTo(Instant.parse("2026-03-05T12:00:00Z"));
    assertThat(judge(notice("Security", threeDaysAgo), rule(3, null, false)).isApproved()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-10, 2026-02-10T23:59:59Z, true",
    "2026-02-10, 2026-02-11T00:00:00Z, false",
    "2026-02-10, 2026-02-01T00:00:00Z, true",
  })
  void aDateApprovesWhatWasReleasedUpToItsEndInUtc(String until, Instant updated, boolean yes) {
    Approval approval =
        judge(notice("Security", updated.getEpochSecond()), rule(null, until, false));
    assertThat(approval.isApproved()).isEqualTo(yes);
    if (!yes) {
      assertThat(approval.verdict()).isEqualTo(Approval.Verdict.NOT_APPROVED);
      assertThat(approval.why())
          .isEqualTo("rule 1 of pb-1 approves what was released until 2026-02-10");
    }
  }

  @Test
  void aMissingDateIsNoDelayAndAnUnreadableOneIsNoApproval() {
    assertThat(judge(notice("Security", 0), rule(7, null, false)).isApproved()).isTrue();
    assertThat(judge(notice("Security", -1), rule(7, null, false)).why())
        .isEqualTo(
            "rule 1 of pb-1 waits after a release, and the date of its notice cannot be read");
    assertThat(judge(notice("Security", -1), rule(0, null, false)).isApproved()).isTrue();
    assertThat(judge(notice("Security", -1), rule(7, null, true)).isApproved()).isTrue();
    assertThat(judge(notice("Security", -1), rule(null, "2026-02-10", false)).isApproved())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tool-1.2-3.el9.x86_64",
        "tool-1:1.2-3.el9.x86_64",
        "1:tool-1.2-3.el9.x86_64",
        "tool-*.x86_64",
        "tool-1.2-*",
        "RHSA-2026:0001",
        "CVE-2026-0001",
        "cve-2026-0001",
        "2026001",
      })
  void listsNameFullPackagesNoticesCvesAndBugs(String entry) {
    assertThat(RpmRules.byNoticeType().isNamedBy(entry, notice("Security", OLD))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tool", "tool.x86_64", "tool-1.2-3.el9.noarch", "RHSA-2026:0002", "2026002", ""})
  void listsNameNothingElse(String entry) {
    assertThat(RpmRules.byNoticeType().isNamedBy(entry, notice("Security", OLD))).isFalse();
  }

  @Test
  void theNewestVersionThatIsItselfApprovedIsChosen() {
    HostFacts facts =
        facts(
            List.of(installed("tool", "1:1.0-1")),
            List.of(
                offer("tool", "1:1.2-3.el9", "Security", OLD),
                offer("tool", "1:1.3-1.el9", "Bugfix", OLD),
                offer("tool", "1:1.4-1.el9", "", OLD)));

    assertThat(chosen(facts, rule(7, null, false))).containsExactly("tool 1:1.2-3.el9");
    assertThat(chosen(facts, rule(7, null, false, BUGFIX))).containsExactly("tool 1:1.3-1.el9");
    assertThat(chosen(facts, rule(7, null, true))).containsExactly("tool 1:1.4-1.el9");
  }

  @Test
  void whatReplacesAPackageUnderAnotherNameIsNotPulledIn() {
    HostFacts facts =
        facts(List.of(installed("old", "1-1")), List.of(offer("new", "2-1", "Security", OLD)));

    assertThat(chosen(facts, rule(0, null, true))).isEmpty();
  }

  @Test
  void ofKernelsSideBySideOnlyTheNewestCounts() {
    HostFacts facts =
        facts(
            List.of(installed("kernel", "6.1-1"), installed("kernel", "6.2-1")),
            List.of(
                offer("kernel", "6.1-1", "Security", OLD),
                offer("kernel", "6.2-1", "Security", OLD),
                offer("kernel", "6.3-1", "Security", OLD)));

    assertThat(chosen(facts, rule(7, null, false))).containsExactly("kernel 6.3-1");
    assertThat(
            Decision.of(baseline(rule(7, null, false)), facts, NodeHistory.none(), NOW)
                .statuses()
                .stream()
                .map(status -> status.version() + " " + status.state().wireName()))
        .containsExactly("6.1-1 Installed", "6.3-1 Missing");
  }

  private static List<String> chosen(HostFacts facts, ApprovalRule rule) {
    return Selection.of(baseline(rule), facts, NodeHistory.none(), NOW).install().stream()
        .map(version -> version.name() + " " + version.version())
        .toList();
  }

  private static Approval judge(OfferedVersion version, ApprovalRule rule) {
    return Approvals.by(baseline(rule), "RockyLinux9.3", NOW).of(version);
  }

  private static ApprovalRule rule(
      @Nullable Integer days, @Nullable String until, boolean nonSecurity, Filter... filters) {
    return new ApprovalRule(List.of(filters), ComplianceLevel.LOW, days, until, nonSecurity);
  }

  private static Baseline baseline(ApprovalRule rule) {
    return new Baseline(
        "pb-1",
        "ROCKY_LINUX",
        List.of(),
        List.of(rule),
        List.of(),
        ComplianceLevel.UNSPECIFIED,
        false,
        List.of(),
        RejectedAction.ALLOW_AS_DEPENDENCY);
  }

  private static HostFacts facts(List<InstalledPackage> installed, List<OfferedVersion> offered) {
    return new HostFacts(
        new Platform("ROCKY_LINUX", "RockyLinux9.3", "Rocky Linux", "9.3", "x86_64"),
        "dnf",
        new Boot("boot-1", OLD, false, List.of()),
        new PackageLists(NOW.getEpochSecond(), null),
        installed,
        offered,
        List.of());
  }

  private static InstalledPackage installed(String name, String version) {
    return new InstalledPackage(name, "x86_64", version, name, "", "", false, OLD);
  }

  private static OfferedVersion notice(String classification, long updated) {
    return offer("tool", "1:1.2-3.el9", classification, updated);
  }

  private static OfferedVersion offer(
      String name, String version, String classification, long updated) {
    boolean known = !classification.isEmpty();
    return new OfferedVersion(
        name,
        "x86_64",
        version,
        List.of(new Origin("", "", "", "updates", "")),
        true,
        "",
        "",
        classification,
        known ? "Medium" : "",
        known ? List.of("RHSA-2026:0001", "BZ#2026001") : List.of(),
        known ? List.of("CVE-2026-0001") : List.of(),
        updated,
        0);
  }
}

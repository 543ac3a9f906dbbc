package dev.fleetmend.patching.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.baseline.RejectedAction;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.fact.Platform;
import dev.fleetmend.patching.fact.UpdateDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");
  private static final Filter SECURITY = filter("CLASSIFICATION", "SecurityUpdates");

  /** Of the article: a filter of KB ids, critical security updates, no delay. */
  private static final Baseline ARTICLE =
      baseline(
          List.of(filter("PATCH_ID", "KB123456")),
          List.of(rule(0, filter("MSRC_SEVERITY", "Critical"), SECURITY)),
          List.of(),
          List.of());

  @Test
  void theArticlesBaselineTakesItsOneUpdateOnly() {
    List<OfferedVersion> offers =
        List.of(
            update("KB123456", "Critical", 0),
            update("KB123457", "Critical", 0),
            update("KB890830", "", 0));

    assertThat(states(ARTICLE, offers))
        .containsOnly(entry("KB123456", "Missing"), entry("KB123457", "AvailableSecurityUpdate"));
    assertThat(chosen(ARTICLE, offers)).containsExactly("KB123456");
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH_ID,kb123456,true",
    "PATCH_ID,123456,true",
    "PATCH_ID,KB12345,false",
    "PATCH_SET,OS,true",
    "PATCH_SET,APPLICATION,false",
    "PRODUCT,WindowsServer2019,true",
    "PRODUCT,WindowsServer2022,false",
    "PRODUCT_FAMILY,Windows,true",
    "CLASSIFICATION,securityupdates,true",
    "MSRC_SEVERITY,Unspecified,false",
    "SEVERITY,Critical,false",
    "PRODUCT,*,true"
  })
  void filtersAskTheUpdate(String key, String value, boolean admitted) {
    Baseline baseline =
        baseline(List.of(), List.of(rule(0, filter(key, value))), List.of(), List.of());

    assertThat(chosen(baseline, List.of(update("KB123456", "Critical", 0))))
        .isEqualTo(admitted ? List.of("KB123456") : List.of());
  }

  @Test
  void aRuleWithoutAPatchSetIsAboutTheOperatingSystem() {
    OfferedVersion office = application("KB5002500");

    assertThat(chosen(rules(rule(0, SECURITY)), List.of(office))).isEmpty();
    assertThat(
            chosen(
                rules(
                    rule(
                        0, filter("PATCH_SET", "APPLICATION"), filter("PRODUCT_FAMILY", "Office"))),
                List.of(office)))
        .containsExactly("KB5002500");
  }

  @Test
  void ofAChainTheNewestMemberThatIsOldEnoughGoesIn() {
    List<OfferedVersion> chain =
        List.of(
            update("KB3", "Critical", 2, "id-KB2"),
            update("KB2", "Critical", 32, "id-KB1"),
            update("KB1", "Critical", 62));

    assertThat(states(rules(rule(7, SECURITY)), chain))
        .containsOnly(
            entry("KB1", "NotApplicable"),
            entry("KB2", "Missing"),
            entry("KB3", "AvailableSecurityUpdate"));
    assertThat(chosen(rules(rule(7, SECURITY)), chain)).containsExactly("KB2");
    assertThat(chosen(rules(rule(0, SECURITY)), chain)).containsExactly("KB3");
    assertThat(chosen(rules(rule(90, SECURITY)), chain)).isEmpty();
  }

  @Test
  void updatesThatReplaceEachOtherEndTheSearchToo() {
    List<OfferedVersion> circle =
        List.of(update("KB1", "Low", 1, "id-KB2"), update("KB2", "Low", 1, "id-KB1"));

    assertThat(chosen(rules(rule(0, SECURITY)), circle)).isEmpty();
  }

  @Test
  void whatHasNoDateIsOldEnough() {
    OfferedVersion undated = update("KB1", "Critical", -1);

    assertThat(chosen(rules(rule(360, SECURITY)), List.of(undated))).containsExactly("KB1");
  }

  @Test
  void listsNameKbIdsAndBulletinsWhateverTheClassification() {
    OfferedVersion tool = update("KB890830", "", 0);
    OfferedVersion old = bulletin("KB2", "MS10-048");
    Baseline baseline = baseline(List.of(), List.of(), List.of("KB890830", "ms10-048"), List.of());

    assertThat(chosen(baseline, List.of(tool, old))).containsExactly("KB2", "KB890830");
  }

  @ParameterizedTest
  @CsvSource({"ALLOW_AS_DEPENDENCY,InstalledOther,0", "BLOCK,InstalledRejected,1"})
  void aRejectedUpdateIsNeverChosen(RejectedAction action, String installed, int nonCompliant) {
    Baseline baseline =
        new Baseline(
            "pb-1",
            "WINDOWS",
            List.of(),
            List.of(rule(0, SECURITY)),
            List.of("KB1"),
            ComplianceLevel.HIGH,
            false,
            List.of("KB1", "KB2"),
            action);
    HostFacts facts =
        facts(
            List.of(update("KB1", "Critical", 0), update("KB2", "Critical", 0)),
            List.of("KB2"),
            List.of());

    Decision decision = Decision.of(baseline, facts, NodeHistory.none(), NOW);

    assertThat(states(decision)).containsOnly(entry("KB2", installed));
    assertThat(decision.counts().installedRejected()).isEqualTo(nonCompliant);
    assertThat(Selection.of(baseline, facts, NodeHistory.none(), NOW).install()).isEmpty();
  }

  @Test
  void whatIsInstalledIsToldWithItsReboot() {
    HostFacts facts =
        facts(
            List.of(
                update("KB1", "Critical", 0),
                update("KB2", "", 0),
                update("KB3", "Critical", 0),
                update("KB4", "Critical", 0)),
            List.of("KB1", "KB2", "KB3", "KB4"),
            List.of("KB3"));
    NodeHistory history =
        new NodeHistory(
            Set.of(),
            Map.of(new PackageVersion("KB4", "x64", "id-KB4"), "boot-1"),
            Set.of(),
            Set.of());

    assertThat(states(Decision.of(rules(rule(0, SECURITY)), facts, history, NOW)))
        .containsOnly(
            entry("KB1", "Installed"),
            entry("KB2", "InstalledOther"),
            entry("KB3", "InstalledPendingReboot"),
            entry("KB4", "InstalledPendingReboot"));
  }

  @ParameterizedTest
  @CsvSource({"false,0,true", "true,1,false"})
  void whatWaitsForApprovalCountsAsTheBaselineSays(
      boolean nonCompliant, int security, boolean compliant) {
    Baseline baseline =
        new Baseline(
            "pb-1",
            "WINDOWS",
            List.of(),
            List.of(rule(30, SECURITY)),
            List.of(),
            ComplianceLevel.HIGH,
            false,
            List.of(),
            RejectedAction.BLOCK,
            nonCompliant);

    PatchCounts counts =
        Decision.of(
                baseline,
                facts(List.of(update("KB1", "Critical", 1)), List.of(), List.of()),
                NodeHistory.none(),
                NOW)
            .counts();

    assertThat(counts.availableSecurityUpdate()).isEqualTo(1);
    assertThat(counts.securityNonCompliant()).isEqualTo(security);
    assertThat(counts.criticalNonCompliant()).isZero();
    assertThat(counts.isCompliant()).isEqualTo(compliant);
  }

  @Test
  void anOverrideListIsTakenInsteadOfTheBaseline() {
    List<OfferedVersion> offers =
        List.of(update("KB1", "Critical", 0), update("KB2", "", 0), bulletin("KB3", "MS10-048"));

    Selection selection =
        Selection.ofOverrides(
            List.of(
                new InstallOverride("KB2", null),
                new InstallOverride("MS10-048", null),
                new InstallOverride("KB9", null)),
            rules(rule(0, SECURITY)),
            facts(offers, List.of(), List.of()),
            NodeHistory.none(),
            NOW);

    assertThat(selection.install()).extracting(PackageVersion::name).containsExactly("KB2", "KB3");
    assertThat(selection.notes()).containsExactly("no update here matches KB9");
  }

  @Test
  void whatFailedOrIsHeldBackIsTold() {
    List<OfferedVersion> offers =
        List.of(update("KB1", "Critical", 0), update("KB2", "Critical", 0));
    NodeHistory history =
        new NodeHistory(
            Set.of(new PackageVersion("KB1", "x64", "id-KB1")),
            Map.of(),
            Set.of(new PackageVersion("KB2", "x64", "id-KB2")),
            Set.of());
    HostFacts facts = facts(offers, List.of(), List.of());
    Baseline baseline = rules(rule(0, SECURITY));

    assertThat(states(Decision.of(baseline, facts, history, NOW)))
        .containsOnly(entry("KB1", "Failed"), entry("KB2", "NotApplicable"));
    assertThat(Selection.of(baseline, facts, history, NOW).notes())
        .containsExactly("KB2 is held back by rollback");
  }

  private static Map<String, String> states(Baseline baseline, List<OfferedVersion> offers) {
    return states(
        Decision.of(baseline, facts(offers, List.of(), List.of()), NodeHistory.none(), NOW));
  }

  private static Map<String, String> states(Decision decision) {
    Map<String, String> states = new TreeMap<>();
    decision.statuses().forEach(status -> states.put(status.name(), status.state().wireName()));
    return states;
  }

  private static List<String> chosen(Baseline baseline, List<OfferedVersion> offers) {
    return Selection.of(baseline, facts(offers, List.of(), List.of()), NodeHistory.none(), NOW)
        .install()
        .stream()
        .map(PackageVersion::name)
        .toList();
  }

  private static Baseline rules(ApprovalRule... rules) {
    return baseline(List.of(), List.of(rules), List.of(), List.of());
  }

  private static Baseline baseline(
      List<Filter> global, List<ApprovalRule> rules, List<String> approved, List<String> rejected) {
    return new Baseline(
        "pb-1",
        "WINDOWS",
        global,
        rules,
        approved,
        ComplianceLevel.HIGH,
        false,
        rejected,
        RejectedAction.BLOCK);
  }

  private static ApprovalRule rule(int days, Filter... filters) {
    return new ApprovalRule(List.of(filters), ComplianceLevel.CRITICAL, days, null, false);
  }

  private static Filter filter(String key, String value) {
    return new Filter(key, List.of(value));
  }

  private static OfferedVersion update(
      String kb, String severity, int daysOld, String... supersedes) {
    return update(
        kb,
        severity,
        daysOld,
        List.of(),
        details("WindowsServer2019", "Windows", "OS", supersedes));
  }

  private static OfferedVersion bulletin(String kb, String bulletin) {
    return update(
        kb, "Critical", 0, List.of(bulletin), details("WindowsServer2019", "Windows", "OS"));
  }

  private static OfferedVersion application(String kb) {
    return update(kb, "Important", 0, List.of(), details("Office 2016", "Office", "APPLICATION"));
  }

  private static UpdateDetails details(
      String product, String family, String set, String... supersedes) {
    return new UpdateDetails(
        "an update", product, family, set, List.of(supersedes), 1, true, "", true, false);
  }

  private static OfferedVersion update(
      String kb, String severity, int daysOld, List<String> bulletins, UpdateDetails details) {
    return new OfferedVersion(
        kb,
        "x64",
        "id-" + kb,
        List.of(),
        true,
        "",
        "",
        severity.isEmpty() ? "UpdateRollups" : "SecurityUpdates",
        severity,
        bulletins,
        List.of(),
        daysOld < 0 ? 0 : NOW.minus(Duration.ofDays(daysOld)).getEpochSecond(),
        1_000,
        details);
  }

  private static HostFacts facts(
      List<OfferedVersion> offered, List<String> installed, List<String> rebooting) {
    List<InstalledPackage> present = new ArrayList<>();
    installed.forEach(
        kb -> present.add(new InstalledPackage(kb, "x64", "id-" + kb, "", "", "", false, 1)));
    return new HostFacts(
        new Platform("WINDOWS", "WindowsServer2019", "Windows", "10.0.17763", "x64"),
        "windows-update-agent",
        new Boot("boot-1", 0, !rebooting.isEmpty(), rebooting),
        new PackageLists(NOW.getEpochSecond(), null),
        present,
        offered,
        List.of());
  }
}

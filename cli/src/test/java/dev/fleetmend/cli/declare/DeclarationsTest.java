package dev.fleetmend.cli.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.cli.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationsTest {
  @Test
  void anUnknownKeyIsRefusedByFileLineAndNearestSpelling() {
    refused(
        "name: web\noperatingsystem: debian\naprovalrules: []\n",
        "f.yaml:3: key 'aprovalrules' is not known: did you mean ApprovalRules?");
    refused("{\n\"name\":\"web\",\n\"aprovalrules\":[]}", "f.yaml:3: key 'aprovalrules'");
    refused("name: web\ntargts: []\nschedule: hourly\n", "f.yaml:2: ", "did you mean Targets?");
  }

  @Test
  void anUnknownValueIsRefusedByFileLineAndNearestSpelling() {
    refused("name: web\noperatingsystem: debain\n", "f.yaml:2: ", "did you mean DEBIAN?");
    refused(
        """
        name: web
        operatingsystem: windows
        approvalrules:
          - patchfiltergroup:
              - key: classification
                values:
                  - securityupdate
            approveafterdays: 1
        """,
        "f.yaml:6: CLASSIFICATION 'securityupdate'",
        "did you mean SecurityUpdates?");
    refused(
        "name: now\ntargets: [{key: tag:a, values: b}]\nactions:\n - key: aws-runpatchbasline\n",
        "f.yaml:4: document",
        "did you mean AWS-RunPatchBaseline?");
    refused(
        """
        name: now
        targets: [{key: tag:a, values: b}]
        actions:
         - key: aws-runpatchbaseline
           parameters: {operation: unistall}
        """,
        "f.yaml:5: Operation 'unistall'",
        "did you mean Uninstall?");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    refused("", "f.yaml:1: the file says nothing");
    refused("just words", "expected a baseline");
    refused("name: web\nname: web2\nschedule: hourly", "stands twice");
    refused("name: [a\n", "cannot be read");
    refused("a: &x 1\nb: *x\n", "alias");
    refused("name: web\ndescription: nothing to do\n", "neither 'Schedule' nor 'Actions'");
    refused("name: web\nschedule: hourly\n", "'Targets' is missing");
    refused(
        "name: web\nschedule: fortnightly\ntargets: [{key: tag:a, values: b}]\n",
        "f.yaml:2: the schedule 'fortnightly' is not known");
    refused(
        "name: web\nschedule: hourly\ntimezone: Europe/Belin\ntargets: [{key: tag:a, values: b}]\n",
        "f.yaml:3: ",
        "did you mean Europe/Berlin?");
    refused("name: web\noperatingsystem: suse\napprovalrules: [{}]\n", "needs ApproveAfterDays");
    refused("name: a b\noperatingsystem: windows\npatchgroups: {a: b}", "'PatchGroups' must be");
  }

  @Test
  void debianRulesNeedNoDelay() {
    Declaration.Baseline baseline =
        (Declaration.Baseline)
            read(
                """
                name: web
                operating-system: Debian
                patch groups: [web, db]
                approval_rules:
                  - patch_filter_group: [{key: priority, values: [required, important]}]
                    enable_non_security: true
                """);
    assertThat(baseline.patchGroups()).containsExactly("web", "db");
    assertThat(baseline.request().at("/ApprovalRules/PatchRules/0").toString())
        .isEqualTo(
            """
            {"PatchFilterGroup":{"PatchFilters":[{"Key":"PRIORITY","Values":["Required",\
            "Important"]}]},"ComplianceLevel":"UNSPECIFIED","EnableNonSecurity":true}""");
  }

  @Test
  void severalDeclarationsStandInOneFile() {
    assertThat(
            Declarations.read(
                "f.yaml",
                """
                name: base
                operatingsystem: ubuntu
                ---
                - {name: one, schedule: hourly, targets: [{key: instanceids, values: mi-1}]}
                - {name: two, schedule: hourly, targets: [{key: tag:App, values: [a]}]}
                """))
        .extracting(Declaration::name)
        .containsExactly("base", "one", "two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          daily 00:00          | cron(0 0 * * ? *)
          Daily 4:05           | cron(5 4 * * ? *)
          weekly sunday 02:30  | cron(30 2 ? * SUN *)
          weekly Tue 02:30     | cron(30 2 ? * TUE *)
          monthly 15 23:59     | cron(59 23 15 * ? *)
          hourly               | rate(1 hour)
          2 days               | rate(2 days)
          0 2 ? * THU#3 *      | cron(0 2 ? * THU#3 *)
          cron(0 2 ? * 5#3 *)  | cron(0 2 ? * 5#3 *)
          at(2030-01-01T00:00:00) | at(2030-01-01T00:00:00)
          """)
  void schedulesAsPeopleWriteThem(String words, String expression) {
    assertThat(ScheduleExpression.of(words)).contains(expression);
  }

  @ParameterizedTest
  @CsvSource({"daily", "daily 24:00", "weekly 00:00", "monthly 32 00:00", "0 2 * * *", "sometimes"})
  void schedulesThatSayNoTime(String words) {
    assertThat(ScheduleExpression.of(words)).isEmpty();
  }

  private static Declaration read(String text) {
    List<Declaration> all = Declarations.read("f.yaml", text);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static void refused(String text, String... parts) {
    assertThatThrownBy(() -> Declarations.read("f.yaml", text))
        .isInstanceOf(Problem.class)
        .message()
        .contains(parts);
  }
}

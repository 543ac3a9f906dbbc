package dev.fleetmend.server.scan;

import static dev.fleetmend.server.scan.DebianNode.MAIN;
import static dev.fleetmend.server.scan.DebianNode.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.Tag;
import software.amazon.awssdk.services.ssm.model.UpdateServiceSettingRequest;
import software.amazon.awssdk.services.ssm.model.UpdateServiceSettingResponse;

class PatchRunTest {
  private static final String ID = "mi-00000000000000001";
  private static final PackageVersion NEW_SSL = new PackageVersion("ssl", "amd64", "2");
  private static final String OVERRIDE =
      """
      [{"OperatingSystem": "UBUNTU"},
       {"OperatingSystem": "DEBIAN",
        "ApprovalRules": {"PatchRules": [{"EnableNonSecurity": true}]}}]
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void factsAreTakenByHashAndAskedForWhenUnknown(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = new DebianNode(server, ID).with("ssl", "1");
      String hash = "a".repeat(64);
      assertThat(node.report(new FactsReport(ID, hash, null)).contentNeeded()).isTrue();
      assertThat(node.report(new FactsReport(ID, hash, node.facts())).contentNeeded()).isFalse();
      server.restart();
      assertThat(node.report(new FactsReport(ID, hash, null)).contentNeeded()).isFalse();
      assertThat(node.report(new FactsReport(ID, "b".repeat(64), null)).contentNeeded()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aPlanNamesExactlyWhatThePredefinedBaselineApproves(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      PatchRunPlan plan = node(server).plan();

      assertThat(plan.install()).containsExactly(NEW_SSL);
      assertThat(plan.baselineId()).contains("pb-09a5f8eb62bde80b1");
      assertThat(plan.hash()).hasSize(64).isEqualTo(node(server).plan().hash());
      assertThat(plan.heldBack()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aServiceSettingRefusesWhatCouldNotBeTakenBack(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = node(server);
      PatchRunPlan before = node.plan();
      server.call(
          UpdateServiceSettingRequest.builder()
              .settingId("/fleetmend/patch/not-revertible")
              .settingValue("refuse")
              .build(),
          UpdateServiceSettingResponse.class);

      assertThat(before.onlyRevertible()).isFalse();
      assertThat(node.plan().onlyRevertible()).isTrue();
      assertThat(node.plan().install()).isEqualTo(before.install());
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void overridesReplaceBaselineOrSelectionButNotBoth(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = node(server);
      assertThat(begin(node, OVERRIDE, null).install())
          .containsExactly(NEW_SSL, new PackageVersion("tool", "amd64", "2"));
      assertThat(begin(node, null, "patches:\n  - id: 'tool.*'\n").install())
          .containsExactly(new PackageVersion("tool", "amd64", "2"));
      assertRefused(() -> begin(node, OVERRIDE, "patches: []"), "exclude each other");
      assertRefused(() -> begin(node, "[]", null), "no baseline for DEBIAN");
      assertRefused(() -> begin(node, "{", null), "cannot be read");
      assertRefused(
          () ->
              begin(
                  node,
                  "[{\"OperatingSystem\":\"DEBIAN\",\"RejectedPatchesAction\":\"EAT\"}]",
                  null),
          "cannot be read");
      assertRefused(() -> begin(node, null, "patches: {"), "cannot be read");
      assertRefused(() -> begin(node, null, "patches:\n - title: x\n"), "has no `id`");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aRunEndsWithASummaryForPeople(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      PatchRunSummary summary = node(server).scan();
      assertThat(summary.compliant()).isFalse();
      assertThat(summary.lines())
          .endsWith("NON_COMPLIANT: 0 installed, 1 missing, 0 failed")
          .anySatisfy(line -> assertThat(line).startsWith("Missing ssl.amd64 2 [CVE-2026-0002]: "));

      DebianNode stale = new DebianNode(server, "mi-00000000000000002").lists(0, "no route");
      assertThat(stale.scan().lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("COMPLIANT as far as can be known, see the warnings: "))
          .anySatisfy(line -> assertThat(line).startsWith("WARNING: The package lists were never"));
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aNodeSpeaksOnlyOfItselfAndHostileFactsAreRefused(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = node(server);
      String hash = "a".repeat(64);
      assertRefused(
          () -> node.report(new FactsReport("mi-0123456789abcdef0", hash, null)), "another node");
      assertRefused(() -> node.report(new FactsReport(ID, "A", null)), "SHA-256");
      assertRefused(
          () -> node.report(new FactsReport(ID, hash, node(server).with("a\nb", "1").facts())),
          "unprintable");
      assertRefused(
          () ->
              server.call(
                  "Fleetmend.BeginPatchRun",
                  new PatchRunRequest(ID, "c", "Install", "", "NoReboot", null, null),
                  node.caller(),
                  PatchRunPlan.class),
          "facts first");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aRunIsJudgedByTheOneBaselineOfATag(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = node(server);
      String tagged = "{\"BaselineTags\":\"Key=ring,Values=first\"}";
      assertThat(begin(node, tagged, null).baselineId())
          .as("none has it: the node's own")
          .isEqualTo(begin(node, null, null).baselineId());

      String id = taggedBaseline(server);
      assertThat(begin(node, tagged, null).baselineId()).isEqualTo(id);
      assertThat(begin(node, tagged, null).install()).isEmpty();
      assertThat(begin(node, null, null).install()).isNotEmpty();
      assertRefused(
          () -> begin(node, "{\"BaselineTags\":\"ring\"}", null), "Key=name,Values=value");

      String _ = taggedBaseline(server);
      assertRefused(() -> begin(node, tagged, null), "Several patch baselines for DEBIAN");
    }
  }

  private static String taggedBaseline(TestServer server) {
    return server
        .call(
            CreatePatchBaselineRequest.builder()
                .name("first-ring")
                .operatingSystem("DEBIAN")
                .tags(Tag.builder().key("ring").value("first").build())
                .build(),
            CreatePatchBaselineResponse.class)
        .baselineId();
  }

  private static DebianNode node(TestServer server) {
    return new DebianNode(server, ID)
        .with("ssl", "1")
        .offered("ssl", "2", SECURITY, "CVE-2026-0002")
        .with("tool", "1")
        .offered("tool", "2", MAIN);
  }

  private static PatchRunPlan begin(
      DebianNode node, @Nullable String baseline, @Nullable String list) {
    return node.begin(
        new PatchRunRequest(node.id(), "c", "Install", "", "NoReboot", baseline, list));
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ApiException.class).hasMessageContaining(message);
  }
}

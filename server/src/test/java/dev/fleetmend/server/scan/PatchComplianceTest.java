package dev.fleetmend.server.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.ComplianceItem;
import software.amazon.awssdk.services.ssm.model.ComplianceStringFilter;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.ListComplianceItemsRequest;
import software.amazon.awssdk.services.ssm.model.ListComplianceItemsResponse;
import software.amazon.awssdk.services.ssm.model.ListComplianceSummariesRequest;
import software.amazon.awssdk.services.ssm.model.ListComplianceSummariesResponse;
import software.amazon.awssdk.services.ssm.model.ListResourceComplianceSummariesRequest;
import software.amazon.awssdk.services.ssm.model.ListResourceComplianceSummariesResponse;
import software.amazon.awssdk.services.ssm.model.PatchFilter;
import software.amazon.awssdk.services.ssm.model.PatchFilterGroup;
import software.amazon.awssdk.services.ssm.model.PatchRule;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;
import software.amazon.awssdk.services.ssm.model.RegisterPatchBaselineForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.RegisterPatchBaselineForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.ResourceComplianceSummaryItem;

/** The compliance type Patch, as patch operations write it. */
class PatchComplianceTest {
  private static final String ID = "mi-00000000000000001";
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aMissingPatchIsAnItemOfTheLevelOfItsRule(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      String baseline = critical(server);
      PatchStatesTest.tag(server, ID, "web");
      PatchStatesTest.node(server, ID).scan();

      ComplianceItem missing =
          items(server).stream()
              .filter(item -> item.id().equals("ssl.amd64"))
              .findFirst()
              .orElseThrow();
      assertThat(missing.complianceType()).isEqualTo("Patch");
      assertThat(missing.statusAsString()).isEqualTo("NON_COMPLIANT");
      assertThat(missing.severityAsString()).isEqualTo("CRITICAL");
      assertThat(missing.title()).isEqualTo("ssl.amd64:0:2");
      assertThat(missing.details())
          .containsEntry("PatchState", "Missing")
          .containsEntry("PatchGroup", "web")
          .containsEntry("PatchBaselineId", baseline)
          .containsEntry("InstalledTime", "1970-01-01T00:00:00Z")
          .containsEntry("Classification", "Security")
          .containsEntry("DocumentName", "AWS-RunPatchBaseline")
          .containsKeys("DocumentVersion", "PatchSeverity");
      assertThat(missing.executionSummary().executionType()).isEqualTo("Command");
      assertThat(missing.executionSummary().executionTime()).isEqualTo(TestServer.START);

      ResourceComplianceSummaryItem summary = summaries(server).getFirst();
      assertThat(summary.statusAsString()).isEqualTo("NON_COMPLIANT");
      assertThat(summary.overallSeverityAsString()).isEqualTo("CRITICAL");
      assertThat(summary.nonCompliantSummary().severitySummary().criticalCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void anInstallMakesTheNodeCompliant(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = PatchStatesTest.node(server, ID);
      node.scan();
      node.install("RebootIfNeeded");

      ResourceComplianceSummaryItem summary = summaries(server).getFirst();
      assertThat(summary.statusAsString()).isEqualTo("COMPLIANT");
      assertThat(summary.overallSeverityAsString()).isEqualTo("UNSPECIFIED");
      assertThat(summary.nonCompliantSummary().nonCompliantCount()).isZero();
      assertThat(
              server
                  .call(
                      ListComplianceSummariesRequest.builder().build(),
                      ListComplianceSummariesResponse.class)
                  .complianceSummaryItems()
                  .getFirst()
                  .compliantSummary()
                  .compliantCount())
          .isEqualTo(1);
    }
  }

  @Test
  void nodesOfAnOlderServerAreSummarizedWhenItStarts() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      PatchStatesTest.node(server, ID).scan();
      server.core().store().change(tx -> tx.execute("DELETE FROM compliance"));
      assertThat(summaries(server)).isEmpty();

      server.restart();
      server.runDue();

      assertThat(summaries(server)).hasSize(1);
    }
  }

  private static String critical(TestServer server) {
    PatchFilter any = PatchFilter.builder().key("PRODUCT").values("*").build();
    PatchRule everything =
        PatchRule.builder()
            .complianceLevel("CRITICAL")
            .patchFilterGroup(PatchFilterGroup.builder().patchFilters(any).build())
            .build();
    String id =
        server
            .call(
                CreatePatchBaselineRequest.builder()
                    .name("web")
                    .operatingSystem("DEBIAN")
                    .approvalRules(PatchRuleGroup.builder().patchRules(everything).build())
                    .build(),
                CreatePatchBaselineResponse.class)
            .baselineId();
    server.call(
        RegisterPatchBaselineForPatchGroupRequest.builder()
            .baselineId(id)
            .patchGroup("web")
            .build(),
        RegisterPatchBaselineForPatchGroupResponse.class);
    return id;
  }

  private static List<ComplianceItem> items(TestServer server) {
    return server
        .call(
            ListComplianceItemsRequest.builder().resourceIds(ID).build(),
            ListComplianceItemsResponse.class)
        .complianceItems();
  }

  private static List<ResourceComplianceSummaryItem> summaries(TestServer server) {
    return server
        .call(
            ListResourceComplianceSummariesRequest.builder()
                .filters(
                    ComplianceStringFilter.builder().key("PatchGroup").values("web", "").build())
                .build(),
            ListResourceComplianceSummariesResponse.class)
        .resourceComplianceSummaryItems();
  }
}

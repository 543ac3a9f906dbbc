package dev.fleetmend.server.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.GetInventoryRequest;
import software.amazon.awssdk.services.ssm.model.GetInventoryResponse;
import software.amazon.awssdk.services.ssm.model.InventoryResultItem;
import software.amazon.awssdk.services.ssm.model.ResultAttribute;

/** The inventory types that the server writes, after a scan. */
class SystemInventoryTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatAScanFoundIsInventoryToo(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.online(server, "web", Map.of("Stage", "live"));
      PatchStatesTest.node(server, host.id()).scan();

      assertThat(entries(server, "AWS:InstanceInformation").getFirst())
          .containsEntry("InstanceId", host.id())
          .containsEntry("InstanceStatus", "Active")
          .containsEntry("ResourceType", "ManagedInstance")
          .containsEntry("AgentType", "amazon-ssm-agent");
      assertThat(entries(server, "AWS:Tag"))
          .containsExactly(Map.of("Key", "Stage", "Value", "live"));
      assertThat(entries(server, "AWS:PatchSummary").getFirst())
          .containsEntry("MissingCount", "1")
          .containsEntry("OperationType", "Scan")
          .containsEntry("OperationEndTime", "2026-11-02T10:00:00Z");
      assertThat(entries(server, "AWS:PatchCompliance"))
          .filteredOn(entry -> "Missing".equals(entry.get("State")))
          .singleElement()
          .satisfies(
              missing ->
                  assertThat(missing)
                      .containsEntry("KBId", "ssl.amd64")
                      .containsEntry("CVEIds", "CVE-2026-0002"));
      assertThat(entries(server, "AWS:ComplianceItem"))
          .filteredOn(entry -> "NON_COMPLIANT".equals(entry.get("Status")))
          .singleElement()
          .satisfies(
              item ->
                  assertThat(item)
                      .containsEntry("ComplianceType", "Patch")
                      .containsEntry("PatchState", "Missing"));
      assertThat(entries(server, "AWS:ComplianceSummary").getFirst())
          .containsEntry("Status", "NON_COMPLIANT")
          .containsEntry("NonCompliantUnspecifiedCount", "1");
    }
  }

  private static List<Map<String, String>> entries(TestServer server, String type) {
    InventoryResultItem item =
        Objects.requireNonNull(
            server
                .call(
                    GetInventoryRequest.builder()
                        .resultAttributes(ResultAttribute.builder().typeName(type).build())
                        .build(),
                    GetInventoryResponse.class)
                .entities()
                .getFirst()
                .data()
                .get(type));
    assertThat(item.captureTime()).matches("2026-11-02T[0-9:]{8}Z");
    return item.content();
  }
}

package dev.fleetmend.server.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.AwsJson;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.GetDeployablePatchSnapshotForInstanceRequest;
import software.amazon.awssdk.services.ssm.model.GetDeployablePatchSnapshotForInstanceResponse;
import software.amazon.awssdk.services.ssm.model.OperatingSystem;
import software.amazon.awssdk.services.ssm.model.RegisterDefaultPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.RegisterDefaultPatchBaselineResponse;

class SnapshotTest {
  private static final String ID = "mi-00000000000000001";
  private static final String OTHER = "mi-00000000000000002";
  private static final String SNAPSHOT = "0b5b1f2e-6f0e-4a53-9f63-2f3a1c0a9d11";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void nodesOfOneSnapshotAreJudgedAlikeForThreeDays(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode first = PatchStatesTest.node(server, ID);
      DebianNode second = PatchStatesTest.node(server, OTHER);
      assertThat(first.end("Scan", SNAPSHOT, "NoReboot", null, List.of()).compliant()).isFalse();

      rejectEverything(server);

      assertThat(second.end("Scan", SNAPSHOT, "NoReboot", null, List.of()).compliant()).isFalse();
      assertThat(second.scan().compliant()).isTrue();
      server.clock().advance(Duration.ofDays(3));
      assertThat(second.end("Scan", SNAPSHOT, "NoReboot", null, List.of()).compliant()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aSnapshotHasAnAddressOfItsOwn(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = PatchStatesTest.node(server, ID);
      assertThatThrownBy(() -> snapshot(server, node.caller(), ID))
          .isInstanceOf(ApiException.class)
          .hasMessageStartingWith("UnsupportedOperatingSystem");
      node.reportFacts();

      GetDeployablePatchSnapshotForInstanceResponse snapshot = snapshot(server, node.caller(), ID);

      assertThat(snapshot.product()).isEqualTo("Debian12");
      assertThat(snapshot.snapshotDownloadUrl()).matches("http://127.0.0.1:\\d+/snapshots/\\w{64}");
      assertThat(snapshot(server, node.caller(), ID).snapshotDownloadUrl())
          .isNotEqualTo(snapshot.snapshotDownloadUrl());
      assertThatThrownBy(() -> snapshot(server, new Caller.Node(OTHER), ID))
          .isInstanceOf(ApiException.class)
          .hasMessageStartingWith("AccessDeniedException");
    }
  }

  @Test
  void anAddressLivesForADay() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      DebianNode node = PatchStatesTest.node(server, ID);
      node.reportFacts();
      String url = snapshot(server, node.caller(), ID).snapshotDownloadUrl();
      String token = url.substring(url.lastIndexOf('/') + 1);
      SnapshotUrls urls =
          new SnapshotUrls(
              server.core(), new SnapshotTable(new AwsJson(), server.clock()), frozen -> List.of());

      server.clock().advance(Duration.ofHours(24).minusMillis(1));
      assertThat(urls.open(token)).isPresent();
      server.clock().advance(Duration.ofMillis(1));
      assertThat(urls.open(token)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void everyPatchIsExplained(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      PatchStatesTest.node(server, ID).lists(0, null).scan();

      ExplainPatchesResponse explained =
          server.call(
              "Fleetmend.ExplainPatches",
              new ExplainPatchesRequest(ID, "", 0),
              new Caller.Key("TESTKEY", Role.ADMIN),
              ExplainPatchesResponse.class);

      assertThat(explained.patches()).hasSize(1);
      assertThat(explained.patches().getFirst().why())
          .contains("rule 1 of")
          .endsWith("approves it; installed is 1");
      assertThat(explained.doubts()).hasSize(1);
    }
  }

  private static GetDeployablePatchSnapshotForInstanceResponse snapshot(
      TestServer server, Caller caller, String id) {
    return server.call(
        "AmazonSSM.GetDeployablePatchSnapshotForInstance",
        GetDeployablePatchSnapshotForInstanceRequest.builder()
            .instanceId(id)
            .snapshotId(SNAPSHOT)
            .build(),
        caller,
        GetDeployablePatchSnapshotForInstanceResponse.class);
  }

  private static void rejectEverything(TestServer server) {
    CreatePatchBaselineResponse baseline =
        server.call(
            CreatePatchBaselineRequest.builder()
                .name("none")
                .operatingSystem(OperatingSystem.DEBIAN)
                .rejectedPatches("ssl")
                .build(),
            CreatePatchBaselineResponse.class);
    server.call(
        RegisterDefaultPatchBaselineRequest.builder().baselineId(baseline.baselineId()).build(),
        RegisterDefaultPatchBaselineResponse.class);
  }
}

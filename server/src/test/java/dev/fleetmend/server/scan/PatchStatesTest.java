package dev.fleetmend.server.scan;

import static dev.fleetmend.server.scan.DebianNode.MAIN;
import static dev.fleetmend.server.scan.DebianNode.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.DescribeAvailablePatchesRequest;
import software.amazon.awssdk.services.ssm.model.DescribeAvailablePatchesResponse;
import software.amazon.awssdk.services.ssm.model.DescribeEffectivePatchesForPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.DescribeEffectivePatchesForPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchStatesForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchStatesForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchStatesRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchStatesResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchesRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchesResponse;
import software.amazon.awssdk.services.ssm.model.DescribePatchGroupStateRequest;
import software.amazon.awssdk.services.ssm.model.DescribePatchGroupStateResponse;
import software.amazon.awssdk.services.ssm.model.InstancePatchState;
import software.amazon.awssdk.services.ssm.model.InstancePatchStateFilter;
import software.amazon.awssdk.services.ssm.model.OperatingSystem;
import software.amazon.awssdk.services.ssm.model.PatchComplianceData;
import software.amazon.awssdk.services.ssm.model.PatchDeploymentStatus;
import software.amazon.awssdk.services.ssm.model.PatchOrchestratorFilter;
import software.amazon.awssdk.services.ssm.model.RegisterDefaultPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.RegisterDefaultPatchBaselineResponse;

class PatchStatesTest {
  private static final String ID = "mi-00000000000000001";
  private static final String OTHER = "mi-00000000000000002";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aScanIsShownAsSsmShowsIt(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      node(server, ID).scan();

      InstancePatchState state = state(server);
      assertThat(state.missingCount()).isEqualTo(1);
      assertThat(state.securityNonCompliantCount()).isEqualTo(1);
      assertThat(state.patchGroup()).isEmpty();
      assertThat(state.ownerInformation()).isEmpty();
      assertThat(state.operationAsString()).isEqualTo("Scan");
      assertThat(state.rebootOptionAsString()).isEqualTo("NoReboot");
      assertThat(state.operationStartTime()).isEqualTo(TestServer.START.minusSeconds(5));
      assertThat(state.operationEndTime()).isEqualTo(TestServer.START);
      assertThat(state.lastNoRebootInstallOperationTime()).isNull();
      PatchComplianceData missing = patches(server).getFirst();
      assertThat(missing.kbId()).isEqualTo("ssl.amd64");
      assertThat(missing.title()).isEqualTo("ssl.amd64:0:2");
      assertThat(missing.stateAsString()).isEqualTo("Missing");
      assertThat(missing.installedTime()).isEqualTo(Instant.EPOCH);
      assertThat(missing.cveIds()).isEqualTo("CVE-2026-0002");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void installedWithoutRebootIsPendingUntilTheNextBoot(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = node(server, ID);
      node.install("NoReboot");
      assertThat(state(server).installedPendingRebootCount()).isEqualTo(1);
      assertThat(state(server).operationAsString()).isEqualTo("Install");
      assertThat(state(server).lastNoRebootInstallOperationTime()).isEqualTo(TestServer.START);
      node.scan();
      assertThat(state(server).installedPendingRebootCount()).isEqualTo(1);
      node.reboot();
      node.scan();
      assertThat(state(server).installedPendingRebootCount()).isZero();
      assertThat(state(server).installedCount()).isEqualTo(1);
      assertThat(state(server).lastNoRebootInstallOperationTime()).isEqualTo(TestServer.START);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatAnInstallCouldNotPutInIsFailed(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = node(server, ID);
      node.installInVain();
      assertThat(state(server).failedCount()).isEqualTo(1);
      assertThat(state(server).missingCount()).isZero();
      node.install("RebootIfNeeded");
      assertThat(state(server).failedCount()).isZero();
      assertThat(state(server).installedCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void statesFollowTheBaselineWithoutAScan(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      node(server, ID).scan();
      assertThat(state(server).missingCount()).isEqualTo(1);

      String baseline =
          server
              .call(
                  CreatePatchBaselineRequest.builder()
                      .name("none")
                      .operatingSystem(OperatingSystem.DEBIAN)
                      .rejectedPatches("ssl")
                      .build(),
                  CreatePatchBaselineResponse.class)
              .baselineId();
      server.call(
          RegisterDefaultPatchBaselineRequest.builder().baselineId(baseline).build(),
          RegisterDefaultPatchBaselineResponse.class);
      server.runDue();

      assertThat(state(server).missingCount()).isZero();
      assertThat(state(server).installedOtherCount()).isEqualTo(1);
      assertThat(state(server).baselineId()).isEqualTo(baseline);
      assertThat(state(server).operationEndTime()).isEqualTo(TestServer.START);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void patchesAreFilteredAndPaged(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DebianNode node = node(server, ID);
      for (int index = 10; index < 25; index++) {
        node.with("lib" + index, "1").offered("lib" + index, "1", SECURITY);
      }
      node.scan();

      assertThat(patches(server, "State", "Missing")).hasSize(1);
      assertThat(patches(server, "State", "MISSING")).hasSize(1);
      assertThat(patches(server, "State", "Installed")).hasSize(15);
      assertThat(patches(server, "KBId", "lib10.amd64")).hasSize(1);
      assertThat(patches(server, "Classification", "Security")).hasSize(16);
      assertRefused(() -> patches(server, "Colour", "red"), "InvalidFilter");
      DescribeInstancePatchesRequest first =
          DescribeInstancePatchesRequest.builder().instanceId(ID).maxResults(10).build();
      DescribeInstancePatchesResponse page =
          server.call(first, DescribeInstancePatchesResponse.class);
      assertThat(page.patches()).hasSize(10);
      DescribeInstancePatchesResponse rest =
          server.call(
              first.toBuilder().nextToken(page.nextToken()).build(),
              DescribeInstancePatchesResponse.class);
      assertThat(rest.patches()).hasSize(6).doesNotContainAnyElementsOf(page.patches());
      assertThat(rest.nextToken()).isNull();
      assertRefused(
          () ->
              server.call(
                  first.toBuilder().instanceId(OTHER).build(),
                  DescribeInstancePatchesResponse.class),
          "InvalidInstanceId");
      assertThat(states(server, List.of(OTHER))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void patchGroupsAreCountedAndFiltered(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      tag(server, ID, "web");
      tag(server, OTHER, "web");
      node(server, ID).scan();
      node(server, OTHER).install("RebootIfNeeded");

      assertThat(group(server, "MissingCount", "GreaterThan", "0")).containsExactly(ID);
      assertThat(group(server, "MissingCount", "Equal", "0")).containsExactly(OTHER);
      assertThat(group(server, "InstalledCount", "NotEqual", "7")).containsExactly(ID, OTHER);
      assertThat(group(server, "FailedCount", "LessThan", "1")).containsExactly(ID, OTHER);
      assertRefused(() -> group(server, "MissingCount", "Equal", "x"), "InvalidFilter");
      assertRefused(() -> group(server, "Missing", "Equal", "0"), "InvalidFilter");
      DescribePatchGroupStateResponse state = groupState(server, "web");
      assertThat(state.instances()).isEqualTo(2);
      assertThat(state.instancesWithMissingPatches()).isEqualTo(1);
      assertThat(state.instancesWithInstalledPatches()).isEqualTo(1);
      assertThat(state.instancesWithSecurityNonCompliantPatches()).isEqualTo(1);
      assertThat(groupState(server, "unknown").instances()).isZero();
    }
  }

  @Test
  void notKnownHowManyIsACountThatCanBeAskedFor() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      tag(server, ID, "web");
      node(server, ID).scan();

      assertThat(group(server, "UnreportedNotApplicableCount", "Equal", "-1")).isEmpty();
      assertThat(group(server, "UnreportedNotApplicableCount", "GreaterThan", "-1"))
          .containsExactly(ID);
    }
  }

  @Test
  void theNewestHundredAndFiftyOperationsOfANodeAreKept() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      DebianNode node = node(server, ID);
      for (int scan = 0; scan < 152; scan++) {
        server.clock().advance(Duration.ofSeconds(1));
        node.scan();
      }

      List<Long> ended =
          server
              .core()
              .store()
              .read(
                  db ->
                      db.createQuery("SELECT ended_at FROM patch_operation ORDER BY ended_at")
                          .mapTo(Long.class)
                          .list());
      assertThat(ended).hasSize(150);
      assertThat(ended.getFirst()).isEqualTo(TestServer.START.plusSeconds(3).toEpochMilli());
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void archivesOffersCanBeAskedForWithWhatABaselineMakesOfThem(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      node(server, ID).scan();

      DescribeAvailablePatchesResponse available =
          server.call(
              DescribeAvailablePatchesRequest.builder()
                  .filters(filter("PRODUCT", "Debian12"), filter("CVE_ID", "CVE-2026-0002"))
                  .build(),
              DescribeAvailablePatchesResponse.class);
      assertThat(available.patches()).hasSize(1);
      assertThat(available.patches().getFirst().name()).isEqualTo("ssl");
      assertThat(available.patches().getFirst().version()).isEqualTo("2");
      DescribeEffectivePatchesForPatchBaselineResponse effective =
          server.call(
              DescribeEffectivePatchesForPatchBaselineRequest.builder()
                  .baselineId(state(server).baselineId())
                  .build(),
              DescribeEffectivePatchesForPatchBaselineResponse.class);
      assertThat(effective.effectivePatches()).hasSize(1);
      assertThat(effective.effectivePatches().getFirst().patchStatus().deploymentStatus())
          .isEqualTo(PatchDeploymentStatus.APPROVED);
    }
  }

  static DebianNode node(TestServer server, String id) {
    return new DebianNode(server, id)
        .with("ssl", "1")
        .offered("ssl", "2", SECURITY, "CVE-2026-0002")
        .with("tool", "1")
        .offered("tool", "2", MAIN);
  }

  static void tag(TestServer server, String id, String group) {
    server
        .core()
        .store()
        .change(
            tx ->
                tx.execute(
                    "INSERT INTO tag (resource_type, resource_id, tag_key, tag_value)"
                        + " VALUES ('ManagedInstance', ?, 'Patch Group', ?)",
                    id,
                    group));
  }

  static InstancePatchState state(TestServer server) {
    return states(server, List.of(ID)).getFirst();
  }

  private static List<InstancePatchState> states(TestServer server, List<String> ids) {
    return server
        .call(
            DescribeInstancePatchStatesRequest.builder().instanceIds(ids).build(),
            DescribeInstancePatchStatesResponse.class)
        .instancePatchStates();
  }

  static List<PatchComplianceData> patches(TestServer server) {
    return server
        .call(
            DescribeInstancePatchesRequest.builder().instanceId(ID).build(),
            DescribeInstancePatchesResponse.class)
        .patches();
  }

  private static List<PatchComplianceData> patches(TestServer server, String key, String value) {
    return server
        .call(
            DescribeInstancePatchesRequest.builder()
                .instanceId(ID)
                .filters(filter(key, value))
                .build(),
            DescribeInstancePatchesResponse.class)
        .patches();
  }

  private static List<String> group(TestServer server, String key, String type, String value) {
    return server
        .call(
            DescribeInstancePatchStatesForPatchGroupRequest.builder()
                .patchGroup("web")
                .filters(
                    InstancePatchStateFilter.builder().key(key).type(type).values(value).build())
                .build(),
            DescribeInstancePatchStatesForPatchGroupResponse.class)
        .instancePatchStates()
        .stream()
        .map(InstancePatchState::instanceId)
        .toList();
  }

  private static DescribePatchGroupStateResponse groupState(TestServer server, String group) {
    return server.call(
        DescribePatchGroupStateRequest.builder().patchGroup(group).build(),
        DescribePatchGroupStateResponse.class);
  }

  private static PatchOrchestratorFilter filter(String key, String value) {
    return PatchOrchestratorFilter.builder().key(key).values(value).build();
  }

  private static void assertRefused(ThrowingCallable call, String code) {
    assertThatThrownBy(call).isInstanceOf(ApiException.class).hasMessageStartingWith(code);
  }
}

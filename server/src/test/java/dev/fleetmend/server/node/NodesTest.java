package dev.fleetmend.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.ListInstanceAssociationsRequest;
import dev.fleetmend.protocol.message.ListInstanceAssociationsResponse;
import dev.fleetmend.protocol.message.RegisterManagedInstanceRequest;
import dev.fleetmend.protocol.message.RegisterManagedInstanceResponse;
import dev.fleetmend.protocol.message.UpdateInstanceInformationRequest;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestKeys;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationFilter;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

class NodesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aShortHeartbeatLeavesWhatAFullOneTold(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web01");
      host.beat();
      server.call(
          "AmazonSSM.UpdateInstanceInformation",
          new UpdateInstanceInformationRequest(
              host.id(), "amazon-ssm-agent", null, "3.4", null, "", null, "Linux", null, null),
          host.caller(),
          Empty.class);

      InstanceInformation shown = describe(server).getFirst();
      assertThat(shown.computerName()).isEqualTo("web01");
      assertThat(shown.platformName()).isEqualTo("Debian GNU/Linux");
      assertThat(shown.ipAddress()).isEqualTo("10.0.3.14");
      assertThat(shown.agentVersion()).isEqualTo("3.4");
      assertThat(shown.lastPingDateTime()).isEqualTo(TestServer.START);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNodeWhoseBeatsStopIsLostAndFoundAgain(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web01");
      assertThat(ping(server)).isEqualTo("ConnectionLost");
      host.beat();
      assertThat(ping(server)).isEqualTo("Online");
      server.clock().advance(Duration.ofMinutes(10));
      assertThat(ping(server)).isEqualTo("Online");
      server.clock().advance(Duration.ofMinutes(2));
      assertThat(ping(server)).isEqualTo("ConnectionLost");
      host.beat();
      assertThat(ping(server)).isEqualTo("Online");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKnownFingerprintWithANewKeyIsANewNodeAndShownAsADuplicate(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost first = TestHost.enrol(server, "web01");
      TestHost again = first.enrolAgain(server);

      assertThat(again.id()).isNotEqualTo(first.id());
      assertThat(directory(server, first.id()).publicKey()).isEqualTo(first.publicKey());
      assertThat(directory(server, again.id()).publicKey()).isEqualTo(again.publicKey());
      DuplicateNodes duplicates =
          server.call(
              "Fleetmend.ListDuplicateNodes",
              new Empty(),
              new Caller.Key("K", Role.ADMIN),
              DuplicateNodes.class);
      assertThat(duplicates.hosts())
          .singleElement()
          .satisfies(
              host ->
                  assertThat(host.nodes())
                      .extracting(DuplicateNodes.Node::instanceId)
                      .containsExactlyInAnyOrder(first.id(), again.id()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRoleTokenNeedsTheRegisteredFingerprint(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web01");

      assertCode("MachineFingerprintDoesNotMatch", () -> host.roleToken("another"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDeregisteredNodeIsGone(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web01");
      DeregisterManagedInstanceRequest request =
          DeregisterManagedInstanceRequest.builder().instanceId(host.id()).build();

      server.call(request, DeregisterManagedInstanceResponse.class);

      assertThat(describe(server)).isEmpty();
      assertCode("AccessDeniedException", () -> host.roleToken(host.fingerprint()));
      assertCode(
          "InvalidInstanceId", () -> server.call(request, DeregisterManagedInstanceResponse.class));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNodeSpeaksOnlyOfItself(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost one = TestHost.enrol(server, "web01");
      TestHost two = TestHost.enrol(server, "web02");

      assertCode(
          "AccessDeniedException",
          () ->
              server.call(
                  "AmazonSSM.UpdateInstanceInformation",
                  one.heartbeat(),
                  two.caller(),
                  Empty.class));
    }
  }

  @ParameterizedTest
  @EnumSource
  void listsAreFilteredInBothStylesAndPaged(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      List<TestHost> hosts =
          IntStream.range(0, 7).mapToObj(i -> TestHost.enrol(server, "web0" + i)).toList();
      hosts.subList(0, 6).forEach(TestHost::beat);
      DescribeInstanceInformationRequest.Builder online =
          DescribeInstanceInformationRequest.builder()
              .filters(
                  InstanceInformationStringFilter.builder()
                      .key("PingStatus")
                      .values("Online")
                      .build())
              .maxResults(5);

      DescribeInstanceInformationResponse first = describe(server, online);
      DescribeInstanceInformationResponse second =
          describe(server, online.nextToken(first.nextToken()));
      DescribeInstanceInformationResponse one =
          describe(
              server,
              DescribeInstanceInformationRequest.builder()
                  .instanceInformationFilterList(
                      InstanceInformationFilter.builder()
                          .key("InstanceIds")
                          .valueSet(hosts.getFirst().id(), "mi-00000000000000000")
                          .build()));

      assertThat(first.instanceInformationList()).hasSize(5);
      assertThat(second.instanceInformationList()).hasSize(1);
      assertThat(second.nextToken()).isNull();
      assertThat(one.instanceInformationList())
          .extracting(InstanceInformation::instanceId)
          .containsExactly(hosts.getFirst().id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyListOfAssociationsKeepsTheStockAgentContent(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.enrol(server, "web01");

      assertThat(
              server
                  .call(
                      "AmazonSSM.ListInstanceAssociations",
                      new ListInstanceAssociationsRequest(host.id(), 20, null),
                      host.caller(),
                      ListInstanceAssociationsResponse.class)
                  .associations())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHostWithoutAProperKeyOrFingerprintIsTurnedAway(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      for (RegisterManagedInstanceRequest bad :
          List.of(
              new RegisterManagedInstanceRequest("c", "i", "f", "rubbish", "Rsa"),
              new RegisterManagedInstanceRequest("c", "i", "", TestKeys.nextPublic(), "Rsa"))) {
        assertCode(
            "ValidationException",
            () ->
                server.call(
                    "AmazonSSM.RegisterManagedInstance",
                    bad,
                    new Caller.Anonymous(),
                    RegisterManagedInstanceResponse.class));
      }
    }
  }

  private static ManagedNode directory(TestServer server, String id) {
    return server
        .core()
        .store()
        .read(db -> new NodeRows(server.clock()).find(db, id))
        .orElseThrow();
  }

  private static String ping(TestServer server) {
    return describe(server).getFirst().pingStatusAsString();
  }

  private static List<InstanceInformation> describe(TestServer server) {
    return describe(server, DescribeInstanceInformationRequest.builder()).instanceInformationList();
  }

  private static DescribeInstanceInformationResponse describe(
      TestServer server, DescribeInstanceInformationRequest.Builder request) {
    return server.call(request.build(), DescribeInstanceInformationResponse.class);
  }

  private static void assertCode(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

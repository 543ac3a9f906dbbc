package dev.fleetmend.server.command;

import static dev.fleetmend.server.command.CommandFixture.assertCode;
import static dev.fleetmend.server.command.CommandFixture.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CloudWatchOutputConfig;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterManagedInstanceResponse;
import software.amazon.awssdk.services.ssm.model.NotificationConfig;

class RunCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aCommandReachesItsNodeAndComesBack(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");

      Command sent = run.send(request -> request.instanceIds(node.id()).timeoutSeconds(600));
      assertThat(sent.statusAsString()).isEqualTo("Pending");
      assertThat(sent.targetCount()).isEqualTo(1);
      assertThat(sent.expiresAfter()).isEqualTo(TestServer.START.plus(Duration.ofMinutes(70)));
      assertThat(run.status(sent.commandId(), node)).isEqualTo("Pending/Pending");
      assertThat(run.invocation(sent.commandId(), node).responseCode()).isEqualTo(-1);

      assertThat(node.messages())
          .singleElement()
          .satisfies(
              message ->
                  assertThat(message.payload())
                      .contains("\"commands\":[\"uptime\"]")
                      .contains("\"DocumentContent\":{"));
      node.acknowledge(sent.commandId());
      assertThat(run.status(sent.commandId(), node)).isEqualTo("InProgress/InProgress");
      assertThat(run.status(sent.commandId())).isEqualTo("InProgress/InProgress");
      node.finish(sent.commandId(), "Success", 0);

      assertThat(run.status(sent.commandId())).isEqualTo("Success/Success");
      assertThat(run.invocation(sent.commandId(), node))
          .satisfies(
              done -> {
                assertThat(done.statusAsString()).isEqualTo("Success");
                assertThat(done.responseCode()).isZero();
                assertThat(done.pluginName()).isEqualTo("aws:runShellScript");
                assertThat(done.standardOutputContent()).isEqualTo("out");
                assertThat(done.standardErrorContent()).isEqualTo("err");
                assertThat(done.executionElapsedTime()).isEqualTo("PT0.091S");
                assertThat(done.executionStartDateTime()).isEqualTo("2026-11-02T10:00:01Z");
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void itWidensWithSuccessesAndStopsAfterTooManyErrors(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      List<CommandNode> nodes =
          IntStream.range(0, 6)
              .mapToObj(i -> CommandNode.online(server, "n" + i, Map.of("Env", "prod")))
              .toList();
      String id =
          run.send(request -> request.targets(tag("Env", "prod")).maxErrors("1")).commandId();

      List<CommandNode> first = reached(server, nodes);
      assertThat(first).hasSize(1);
      first.getFirst().finish(id, "Success", 0);
      List<CommandNode> second = reached(server, nodes);
      assertThat(second).hasSize(2);
      second.forEach(node -> node.finish(id, "Failed", 1));

      List<CommandNode> inFlight = reached(server, nodes);
      assertThat(inFlight).hasSize(1);
      assertThat(run.status(id)).isEqualTo("InProgress/InProgress");
      inFlight.getFirst().finish(id, "Success", 0);
      assertThat(run.status(id)).isEqualTo("Failed/Failed");
      assertThat(run.command(id).errorCount()).isEqualTo(2);
      assertThat(run.command(id).completedCount()).isEqualTo(6);
      assertThat(nodes.stream().map(node -> run.status(id, node)).toList())
          .filteredOn("Cancelled/Terminated"::equals)
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNodeThatDoesNotTakeItOverInTimeTimesOut(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id =
          run.send(request -> request.instanceIds(node.id()).timeoutSeconds(60)).commandId();

      server.clock().advance(Duration.ofSeconds(59));
      server.runDue();
      assertThat(run.status(id, node)).isEqualTo("Pending/Pending");
      server.clock().advance(Duration.ofSeconds(2));
      server.runDue();

      assertThat(run.status(id, node)).isEqualTo("TimedOut/DeliveryTimedOut");
      assertThat(run.status(id)).isEqualTo("TimedOut/DeliveryTimedOut");
      assertThat(node.messages()).isEmpty();
      node.finish(id, "Success", 0);
      assertThat(run.status(id, node)).isEqualTo("TimedOut/DeliveryTimedOut");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNodeThatTookItOverAndFellSilentTimesOutInTheEnd(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id =
          run.send(request -> request.instanceIds(node.id()).timeoutSeconds(60)).commandId();
      node.acknowledge(id);

      server.clock().advance(Duration.ofMinutes(30));
      server.runDue();
      assertThat(run.status(id, node)).isEqualTo("InProgress/InProgress");
      server.clock().advance(Duration.ofMinutes(32));
      server.runDue();

      assertThat(run.status(id)).isEqualTo("TimedOut/DeliveryTimedOut");
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancellingWhatNoNodeHasSeenEndsItAtOnce(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);

      run.cancel(id);

      assertThat(run.status(id)).isEqualTo("Cancelled/Cancelled");
      assertThat(node.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancellingWhatRunsAsksTheNodeWhoseWordDecides(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      node.messages();
      node.acknowledge(id);

      run.cancel(id);

      assertThat(run.status(id)).isEqualTo("Cancelling/Cancelling");
      assertThat(node.messages())
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.topic()).startsWith("aws.ssm.cancelCommand.");
                assertThat(message.payload())
                    .isEqualTo("{\"CancelMessageId\":\"aws.ssm." + id + "." + node.id() + "\"}");
              });
      node.reply(id, "InProgress", Map.of());
      assertThat(run.status(id, node)).isEqualTo("Cancelling/Cancelling");
      node.finish(id, "Cancelled", 137);
      assertThat(run.status(id)).isEqualTo("Cancelled/Cancelled");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCommandThatWasHandedOutButNeverHeardOfIsCancelledSoon(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      node.messages();

      run.cancel(id);
      assertThat(run.status(id)).isEqualTo("Cancelling/Cancelling");
      server.clock().advance(Duration.ofSeconds(61));
      server.runDue();

      assertThat(run.status(id)).isEqualTo("Cancelled/Cancelled");
    }
  }

  @ParameterizedTest
  @EnumSource
  void namedNodesMustBeKnownOnlineAndOfThePlatform(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      TestHost silent = TestHost.enrol(server, "web02");

      assertCode("InvalidInstanceId", () -> run.send(r -> r.instanceIds(node.id(), silent.id())));
      assertCode("InvalidInstanceId", () -> run.send(r -> r.instanceIds("mi-00000000000000000")));
      assertCode("DuplicateInstanceId", () -> run.send(r -> r.instanceIds(node.id(), node.id())));
      assertCode("ValidationException", () -> run.send(r -> r));
      assertCode(
          "ValidationException",
          () -> run.send(r -> r.instanceIds(node.id()).targets(tag("Env", "prod"))));
      assertCode(
          "InvalidDocument", () -> run.send(r -> r.instanceIds(node.id()).documentName("Nope")));
      assertCode(
          "InvalidParameters",
          () -> run.send(r -> r.instanceIds(node.id()).parameters(Map.of("x", List.of("y")))));
      assertCode(
          "InvalidDocument", () -> run.send(r -> r.instanceIds(node.id()).documentHash("00")));
      assertCode(
          "ValidationException",
          () -> run.send(r -> r.instanceIds(node.id()).documentHashType("Sha1")));
      assertCode(
          "InvalidDocumentVersion",
          () -> run.send(r -> r.instanceIds(node.id()).documentVersion("9")));
    }
  }

  @Test
  void placesForOutputAreShownAsTheyWereGiven() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      NotificationConfig notification =
          NotificationConfig.builder()
              .notificationArn("arn:aws:sns:us-east-1:000000000000:topic")
              .notificationEventsWithStrings("Failed")
              .notificationType("Command")
              .build();
      CloudWatchOutputConfig logs =
          CloudWatchOutputConfig.builder()
              .cloudWatchLogGroupName("group")
              .cloudWatchOutputEnabled(true)
              .build();

      Command sent =
          run.send(
              r ->
                  r.instanceIds(node.id())
                      .comment("why")
                      .outputS3BucketName("bucket")
                      .outputS3KeyPrefix("runs")
                      .notificationConfig(notification)
                      .cloudWatchOutputConfig(logs));

      assertThat(run.command(sent.commandId()))
          .satisfies(
              command -> {
                assertThat(command.comment()).isEqualTo("why");
                assertThat(command.outputS3BucketName()).isEqualTo("bucket");
                assertThat(command.outputS3KeyPrefix()).isEqualTo("runs");
                assertThat(command.notificationConfig()).isEqualTo(notification);
                assertThat(command.cloudWatchOutputConfig()).isEqualTo(logs);
              });
      assertThat(run.invocation(sent.commandId(), node).cloudWatchOutputConfig()).isEqualTo(logs);
      assertThat(node.messages().getFirst().payload())
          .as("the stock agent would wait half a minute for a bucket that is not there")
          .contains("\"OutputS3BucketName\":\"\"")
          .contains("\"CloudWatchOutputEnabled\":\"false\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTagThatNoNodeHasEndsTheCommandAtOnce(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);

      Command sent = run.send(request -> request.targets(tag("Env", "prod")));

      assertThat(sent.targetCount()).isZero();
      assertThat(run.status(sent.commandId())).isEqualTo("Failed/NoInstancesInTag");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNodeThatIsDeregisteredCannotBeReached(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);

      server.call(
          DeregisterManagedInstanceRequest.builder().instanceId(node.id()).build(),
          DeregisterManagedInstanceResponse.class);

      assertThat(run.status(id, node)).isEqualTo("Failed/Undeliverable");
      assertThat(run.status(id)).isEqualTo("Failed/Failed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void historyIsForgottenAfterThirtyDays(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      node.finish(id, "Success", 0);

      server.clock().advance(Duration.ofDays(31));
      server.runDue();

      assertCode("InvocationDoesNotExist", () -> run.invocation(id, node));
    }
  }

  /** The nodes that a command has gone out to and that have said nothing yet. */
  private static List<CommandNode> reached(TestServer server, List<CommandNode> nodes) {
    List<String> sent =
        server
            .core()
            .store()
            .read(
                db ->
                    db.createQuery(
                            "SELECT instance_id FROM command_invocation"
                                + " WHERE sent_at IS NOT NULL AND state = 'PENDING'")
                        .mapTo(String.class)
                        .list());
    return nodes.stream().filter(node -> sent.contains(node.id())).toList();
  }
}

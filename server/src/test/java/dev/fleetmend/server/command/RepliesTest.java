package dev.fleetmend.server.command;

import static dev.fleetmend.server.command.CommandNode.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;

class RepliesTest {
  private static final String STEP = "aws:runShellScript";
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aFinalReplyMayComeBeforeTheStepsAndTheAcknowledgement(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);

      node.reply(id, "Success", Map.of());
      node.reply(id, "InProgress", Map.of(STEP, step("Success", 0, "hi", "")));
      node.reply(id, "InProgress", Map.of());
      node.acknowledge(id);

      assertThat(run.status(id)).isEqualTo("Success/Success");
      assertThat(run.invocation(id, node).standardOutputContent()).isEqualTo("hi");
      assertThat(node.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReplySentAgainCountsOnce(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);

      node.reply(id, "one", "Failed", Map.of(STEP, step("Failed", 3, "a", "b")));
      node.reply(id, "one", "Success", Map.of(STEP, step("Success", 0, "c", "d")));
      node.reply(id, "two", "Success", Map.of(STEP, step("Success", 0, "c", "d")));

      assertThat(run.status(id)).isEqualTo("Failed/Failed");
      assertThat(run.command(id).completedCount()).isEqualTo(1);
      assertThat(run.command(id).errorCount()).isEqualTo(1);
      assertThat(run.invocation(id, node).responseCode()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRebootKeepsTheInvocationOpenAndTheStepRunsAgain(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      node.acknowledge(id);

      node.reply(id, "SuccessAndReboot", Map.of(STEP, step("SuccessAndReboot", 194, "one ", "")));
      assertThat(run.status(id, node)).isEqualTo("InProgress/InProgress");
      assertThat(run.invocation(id, node).responseCode()).isEqualTo(-1);
      server.clock().advance(Duration.ofMinutes(5));
      node.reply(id, "Success", Map.of(STEP, step("Success", 0, "one two", "")));
      node.reply(id, "SuccessAndReboot", Map.of(STEP, step("SuccessAndReboot", 194, "one ", "")));

      assertThat(run.status(id)).isEqualTo("Success/Success");
      assertThat(run.invocation(id, node).standardOutputContent()).isEqualTo("one two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeReadOrIsOfAnotherCommandDoesNoHarm(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      CommandNode other = CommandNode.online(server, "web02");
      String id = run.send(node);

      node.replyText(id, "r1", "rubbish");
      node.replyText(id, "r2", "{\"documentStatus\":7}");
      node.replyText(id, "r3".repeat(500), "{\"documentStatus\":\"Sideways\"}");
      node.replyText(
          id,
          "r4\0",
          "{\"documentStatus\":\"InProgress\",\"documentTraceOutput\":\"a\\u0000b\",\"runtimeStatus\":{"
              + "\"aws:runShellScript\":{\"status\":\"Success\",\"code\":1,"
              + "\"startDateTime\":\"+999999999-12-31T00:00:00Z\",\"endDateTime\":\"soon\","
              + "\"standardOutput\":\"x\\u0000y\"},\"other\":{\"status\":\"Failed\"}}}");
      other.reply(id, "Failed", Map.of());
      other.reply("00000000-0000-4000-8000-000000000000", "Failed", Map.of());

      assertThat(run.status(id, node)).isEqualTo("InProgress/InProgress");
      assertThat(run.invocation(id, node).standardOutputContent()).isEqualTo("xy");
      assertThat(run.command(id).completedCount()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void longOutputIsCutWithAMark(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);
      String text = "0123456789".repeat(3_000);

      node.reply(id, "Success", Map.of(STEP, step("Success", 0, text, text)));

      assertThat(run.invocation(id, node).standardOutputContent())
          .hasSize(24_000)
          .endsWith("--output truncated--");
      assertThat(run.invocation(id, node).standardErrorContent()).hasSize(8_000);
      assertThat(
              server
                  .call(
                      ListCommandInvocationsRequest.builder().commandId(id).details(true).build(),
                      ListCommandInvocationsResponse.class)
                  .commandInvocations()
                  .getFirst()
                  .commandPlugins()
                  .getFirst()
                  .output())
          .hasSize(2_500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDocumentThatCouldNotRunSaysWhy(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      String id = run.send(node);

      node.replyText(
          id,
          "r1",
          "{\"documentStatus\":\"Failed\",\"documentTraceOutput\":\"no such plugin\","
              + "\"runtimeStatus\":null}");

      assertThat(run.status(id)).isEqualTo("Failed/Failed");
      assertThat(run.invocation(id, node).standardErrorContent()).isEqualTo("no such plugin");
    }
  }
}

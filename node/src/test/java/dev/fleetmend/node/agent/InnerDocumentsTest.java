package dev.fleetmend.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.RunStatus;
import dev.fleetmend.protocol.message.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that steps of others run, by the agent as a process. */
class InnerDocumentsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  @TempDir Path folder;
  private FakeServer server;
  private RunningNode node;

  @BeforeEach
  void enrol() throws Exception {
    server = new FakeServer();
    node = new RunningNode(server, folder);
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
    server.close();
  }

  @Test
  void itRunsWithItsParametersAndWhatItPrintsIsTheStepsOutput() {
    server.documents.put(
        "Greeting",
        """
        {"schemaVersion": "2.2", "description": null,
         "parameters": {"who": {"type": "String"}, "how": {"type": "String", "default": "hello"}},
         "mainSteps": [
          {"action": "aws:runShellScript", "name": "one",
           "inputs": {"runCommand": ["echo {{ how }} {{ who }}"]}},
          {"action": "aws:runShellScript", "name": "two",
           "inputs": {"runCommand": ["echo $SSM_COMMAND_ID >&2"]}}]}
        """);

    node.send("Outer", runs("Greeting:3", "{\"who\": \"{{ name }}\"}"), Map.of("name", "world"));

    assertThat(ended()).isEqualTo("Success");
    assertThat(step("inner").standardOutput()).isEqualTo("hello world\n");
    assertThat(step("inner").standardError())
        .isEqualTo(server.sentReplies().getFirst().messageId().split("[.]", -1)[2] + "\n");
    assertThat(step("last").status()).isEqualTo("Success");
    assertThat(server.calls("GetDocument").getFirst().text())
        .contains("\"Name\":\"Greeting\"", "\"DocumentVersion\":\"3\"");
  }

  @Test
  void oneThatFailsNamesItsStepAndIsFollowedByTheLastStepOnly() {
    server.documents.put("Failing", script("exit 7"));

    node.send("Outer", runs("Failing", "{}"), Map.of("name", ""));

    assertThat(ended()).isEqualTo("Failed");
    assertThat(step("inner").standardError())
        .isEqualTo("Step one of document Failing: Failed, exit code 7\n");
    assertThat(step("between").status()).isEqualTo("Skipped");
    assertThat(step("last").status()).isEqualTo("Success");
  }

  @Test
  void itIsNotRunWithWhatItDoesNotAllow() {
    server.documents.put(
        "Strict",
        """
        {"schemaVersion": "2.2",
         "parameters": {"who": {"type": "String", "allowedPattern": "^[a-z]+$"}},
         "mainSteps": [{"action": "aws:runShellScript", "name": "one",
          "inputs": {"runCommand": ["echo {{ who }}"]}}]}
        """);

    node.send("Outer", runs("Strict", "{\"who\": \"{{ name }}\"}"), Map.of("name", "x; reboot"));

    assertThat(ended()).isEqualTo("Failed");
    assertThat(step("inner").standardOutput()).isEmpty();
    assertThat(step("inner").standardError())
        .contains("does not allow this value of parameter who")
        .contains("Nothing of it was run");
  }

  @Test
  void oneThatRunsItselfEnds() {
    server.documents.put("Loop", object(runs("Loop", "{}")));

    node.send("Loop", runs("Loop", "{}"), Map.of("name", ""));

    assertThat(ended()).isEqualTo("Failed");
    assertThat(server.calls("GetDocument")).hasSize(3);
    assertThat(step("inner").standardError()).contains("and 3 are the most");
  }

  @Test
  void nothingIsFetchedForNothing() {
    node.send("Outer", runs("AWS-Noop", "{}"), Map.of("name", ""));

    assertThat(ended()).isEqualTo("Success");
    assertThat(server.calls("GetDocument")).isEmpty();
  }

  @Test
  void anAgentKilledInTheMiddleOfItReportsItAndRunsItNotAgain() throws Exception {
    Path marks = folder.resolve("marks");
    server.documents.put("Slow", script("echo $$ >> " + marks + "; sleep 300"));
    node.send("Outer", runs("Slow", "{}"), Map.of("name", ""));
    await().atMost(SOON).until(() -> Files.exists(marks) && Files.size(marks) > 1);
    node.kill();
    node.start();

    assertThat(ended()).isEqualTo("Failed");

    assertThat(Files.readAllLines(marks)).hasSize(1);
    assertThat(step("inner").standardError()).contains("agent was restarted");
    assertThat(server.calls("GetDocument")).hasSize(1);
  }

  @Test
  void cancellingStopsItsScript() throws Exception {
    Path marks = folder.resolve("marks");
    server.documents.put("Slow", script("echo $$ >> " + marks + "; sleep 300"));
    node.send("Outer", runs("Slow", "{}"), Map.of("name", ""));
    await().atMost(SOON).until(() -> Files.exists(marks) && Files.size(marks) > 1);

    node.cancel(server.sentReplies().getFirst().messageId());

    assertThat(ended()).isEqualTo("Cancelled");
    assertThat(step("inner").status()).isEqualTo("Cancelled");
  }

  /** A document with a step that runs another, one that is left out after a failure, and a last. */
  private static Map<String, Object> runs(String path, String parameters) {
    return RecordJson.readObject(
        """
        {"schemaVersion": "2.2", "parameters": {"name": {"type": "String", "default": ""}},
         "mainSteps": [
          {"action": "aws:runDocument", "name": "inner", "inputs": {"onFailure": "exit",
           "documentType": "SSMDocument", "documentPath": "%s", "documentParameters": "%s"}},
          {"action": "aws:runShellScript", "name": "between", "inputs": {"runCommand": ["true"]}},
          {"action": "aws:runShellScript", "name": "last",
           "inputs": {"finallyStep": "true", "runCommand": ["true"]}}]}
        """
            .formatted(path, parameters.replace("\"", "\\\"")));
  }

  private static String script(String line) {
    return """
        {"schemaVersion": "2.2", "mainSteps": [
         {"action": "aws:runShellScript", "name": "one", "inputs": {"runCommand": ["%s"]}}]}
        """
        .formatted(line);
  }

  private static String object(Map<String, Object> object) {
    return new RecordJson(Naming.CAMEL).text(object);
  }

  /** The document's status once it has ended. */
  private String ended() {
    await().atMost(SOON).until(() -> server.replies().stream().anyMatch(this::isLast));
    return server.replies().stream()
        .filter(this::isLast)
        .findFirst()
        .orElseThrow()
        .documentStatus();
  }

  private boolean isLast(CommandReply reply) {
    RunStatus status = RunStatus.of(reply.documentStatus());
    return status != null && status.terminal();
  }

  /** The last that was said of a step. */
  private StepResult step(String name) {
    Map<String, StepResult> steps = new LinkedHashMap<>();
    server.replies().forEach(reply -> steps.putAll(reply.runtimeStatus()));
    return Objects.requireNonNull(steps.get(name), name);
  }
}

package dev.fleetmend.node.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.PutCommandOutputRequest;
import dev.fleetmend.protocol.message.RunStatus;
import dev.fleetmend.protocol.message.StepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents say of their steps, carried out by the agent as a process. */
class ScriptStepsTest {
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
  void outputThatIsTooLongForRepliesIsSentWhole() {
    node.shell("seq 1 100000", "echo short >&2");

    assertThat(statuses("aws:runShellScript")).containsEntry("aws:runShellScript", "Success");

    List<PutCommandOutputRequest> pieces =
        server.calls("PutCommandOutput").stream()
            .map(
                call ->
                    new RecordJson(Naming.PASCAL).read(call.body(), PutCommandOutputRequest.class))
            .toList();
    StringBuilder whole = new StringBuilder();
    pieces.forEach(
        piece -> whole.append(new String(Base64.getDecoder().decode(piece.content()), UTF_8)));
    assertThat(whole.toString().lines()).hasSize(100_000).endsWith("100000");
    assertThat(pieces)
        .hasSize(3)
        .allMatch(piece -> piece.stream().equals(PutCommandOutputRequest.OUT))
        .extracting(PutCommandOutputRequest::last)
        .containsExactly(false, false, true);
  }

  @Test
  void aParameterForTheEnvironmentIsWrittenIntoNoScript() {
    node.send(
        "Outer",
        RecordJson.readObject(
            """
            {"schemaVersion": "2.2",
             "parameters": {"who": {"type": "String", "interpolationType": "ENV_VAR"}},
             "mainSteps": [{"action": "aws:runShellScript", "name": "one",
              "inputs": {"runCommand": ["printf '%s|%s' '{{ who }}' \\"$SSM_who\\""]}}]}
            """),
        Map.of("who", "x'; echo no"));

    statuses("one");

    assertThat(step("one").standardOutput()).isEqualTo("{{ who }}|x'; echo no");
  }

  @Test
  void whatFollowsAFailureIsWhatTheDocumentSays() {
    node.send(
        "Outer",
        RecordJson.readObject(
            """
            {"schemaVersion": "2.2", "parameters": {"os": {"type": "String"}},
             "mainSteps": [
              {"action": "aws:runShellScript", "name": "fails", "inputs": {"runCommand": ["exit 3"]}},
              {"action": "aws:runShellScript", "name": "next", "inputs": {"runCommand": ["exit 0"]}},
              {"action": "aws:runShellScript", "name": "elsewhere",
               "precondition": {"StringEquals": ["platformType", "Windows"]},
               "inputs": {"runCommand": ["exit 1"]}},
              {"action": "aws:runShellScript", "name": "notThis",
               "precondition": {"StringEquals": ["{{ os }}", "two"]},
               "inputs": {"runCommand": ["exit 1"]}},
              {"action": "aws:runShellScript", "name": "ends",
               "inputs": {"onFailure": "successAndExit", "runCommand": ["exit 4"]}},
              {"action": "aws:runShellScript", "name": "notTheLast",
               "inputs": {"finallyStep": "true", "runCommand": ["exit 0"]}},
              {"action": "aws:runShellScript", "name": "last",
               "inputs": {"finallyStep": "true", "runCommand": ["exit 0"]}}]}
            """),
        Map.of("os", "one"));

    assertThat(statuses("last"))
        .containsExactly(
            Map.entry("fails", "Failed"),
            Map.entry("next", "Success"),
            Map.entry("elsewhere", "Skipped"),
            Map.entry("notThis", "Skipped"),
            Map.entry("ends", "Success"),
            Map.entry("notTheLast", "Skipped"),
            Map.entry("last", "Success"));
    assertThat(server.replies().getLast().documentStatus()).isEqualTo("Failed");
  }

  /** The steps' statuses in their order, once the document has ended. */
  private Map<String, String> statuses(String last) {
    await()
        .atMost(SOON)
        .until(
            () ->
                server.replies().stream()
                    .map(reply -> RunStatus.of(reply.documentStatus()))
                    .anyMatch(status -> status != null && status.terminal()));
    Map<String, String> statuses = new LinkedHashMap<>();
    steps().forEach((name, step) -> statuses.put(name, step.status()));
    assertThat(statuses).containsKey(last);
    return statuses;
  }

  private StepResult step(String name) {
    return steps().entrySet().stream()
        .filter(step -> step.getKey().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private Map<String, StepResult> steps() {
    Map<String, StepResult> steps = new LinkedHashMap<>();
    server.replies().forEach(reply -> steps.putAll(reply.runtimeStatus()));
    return steps;
  }
}

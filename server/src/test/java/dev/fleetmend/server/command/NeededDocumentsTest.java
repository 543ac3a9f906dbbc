package dev.fleetmend.server.command;

import static dev.fleetmend.server.command.CommandFixture.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CreateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.CreateDocumentResponse;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;

/** A node reads the documents that commands have it run, and no others. */
class NeededDocumentsTest {
  private static final String SCRIPT =
      """
      {"schemaVersion": "2.2", "mainSteps": [
       {"action": "aws:runShellScript", "name": "one", "inputs": {"runCommand": ["true"]}}]}
      """;
  private static final String RUNS =
      """
      {"schemaVersion": "2.2", "parameters": {"which": {"type": "String", "default": "Usual"}},
       "mainSteps": [{"action": "aws:runDocument", "name": "one", "inputs": {
        "documentType": "SSMDocument", "documentPath": "%s",
        "documentParameters": "{\\"which\\": \\"%s\\"}"}}]}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aHookMayBeReadWhileItsCommandIsUnderWay(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandFixture run = new CommandFixture(server);
      CommandNode node = CommandNode.online(server, "web01");
      CommandNode other = CommandNode.online(server, "web02");
      for (String name : List.of("Before", "After", "Secret")) {
        create(server, name, SCRIPT);
      }
      assertCode("AccessDeniedException", () -> read(server, node, "Before"));

      String id =
          run.send(
                  request ->
                      request
                          .documentName("AWS-RunPatchBaselineWithHooks")
                          .parameters(
                              Map.of(
                                  "Operation",
                                  List.of("Install"),
                                  "PreInstallHookDocName",
                                  List.of("Before"),
                                  "OnExitHookDocName",
                                  List.of("After:1")))
                          .instanceIds(node.id()))
              .commandId();

      assertThat(read(server, node, "Before")).isEqualTo(SCRIPT);
      assertThat(read(server, node, "After")).isEqualTo(SCRIPT);
      assertThat(read(server, node, "AWS-RunPatchBaselineWithHooks")).contains("ScanLinux");
      assertCode("AccessDeniedException", () -> read(server, node, "Secret"));
      assertCode("AccessDeniedException", () -> read(server, node, "None-such"));
      assertCode("AccessDeniedException", () -> read(server, other, "Before"));

      node.acknowledge(id);
      node.reply(id, "Success", Map.of());
      assertCode("AccessDeniedException", () -> read(server, node, "Before"));
    }
  }

  @Test
  void soMayThoseInsideOfItWithTheParametersThatReachThem() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandNode node = CommandNode.online(server, "web01");
      for (String name : List.of("Usual", "Chosen", "Last")) {
        create(server, name, SCRIPT);
      }
      create(server, "Second", RUNS.formatted("{{ which }}", ""));
      create(server, "First", RUNS.formatted("Second", "{{ which }}"));

      new CommandFixture(server)
          .send(
              request ->
                  request
                      .documentName("First")
                      .parameters(Map.of("which", List.of("Chosen")))
                      .instanceIds(node.id()));

      assertThat(read(server, node, "Second")).contains("documentPath");
      assertThat(read(server, node, "Chosen")).isEqualTo(SCRIPT);
      assertCode("AccessDeniedException", () -> read(server, node, "Usual"));
      assertCode("AccessDeniedException", () -> read(server, node, "Last"));
    }
  }

  @Test
  void aDocumentThatRunsItselfIsLookedThroughOnce() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      CommandNode node = CommandNode.online(server, "web01");
      create(server, "Loop", RUNS.formatted("Loop", ""));

      new CommandFixture(server)
          .send(
              request -> request.documentName("Loop").parameters(Map.of()).instanceIds(node.id()));

      assertCode("AccessDeniedException", () -> read(server, node, "Other"));
    }
  }

  private static void create(TestServer server, String name, String content) {
    server.call(
        CreateDocumentRequest.builder().name(name).content(content).build(),
        CreateDocumentResponse.class);
  }

  private static String read(TestServer server, CommandNode node, String name) {
    return server
        .call(
            "AmazonSSM.GetDocument",
            GetDocumentRequest.builder().name(name).build(),
            node.host().caller(),
            GetDocumentResponse.class)
        .content();
  }
}

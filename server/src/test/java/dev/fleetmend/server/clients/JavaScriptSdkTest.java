package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The AWS SDK for JavaScript, unmodified, under node: baselines, errors by name, its paginators and
 * its waiter. {@code .ci/run} installs the package; this test fetches nothing.
 */
@Tag("slow")
class JavaScriptSdkTest {
  private static final Path MODULES = Path.of("..", "target", "javascript", "node_modules");

  @TempDir private Path folder;
  private ClientServer server;

  @BeforeEach
  void start() throws IOException {
    server = ClientServer.start(folder);
    server.need(List.of("node", "--version"), "node");
    if (!Files.isDirectory(MODULES.resolve("@aws-sdk/client-ssm"))) {
      Assumptions.abort("@aws-sdk/client-ssm is not in target/javascript; .ci/run installs it");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void itDrivesBaselinesCommandsAndLists() throws Exception {
    try (ScriptedNode node = ScriptedNode.online(server, Map.of())) {
      ClientServer.Outcome outcome =
          server.run(
              folder,
              List.of(
                  "env",
                  "NODE_PATH=" + MODULES.toRealPath(),
                  "NODE_NO_WARNINGS=1",
                  "node",
                  "-e",
                  ClientServer.resource("/javascript/client.js"),
                  node.id()));
      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      JsonNode seen = new ObjectMapper().readTree(outcome.output());

      assertThat(seen.path("id").asText()).matches("pb-[0-9a-f]{17}");
      assertThat(seen.path("baseline"))
          .hasToString(
              "{\"name\":\"web-servers\",\"created\":true,\"level\":\"HIGH\","
                  + "\"rejected\":[\"telnetd\"],\"sources\":[],\"description\":\"again\","
                  + "\"keptRejected\":[\"telnetd\"]}");
      assertThat(seen.path("once").asBoolean()).isTrue();
      assertThat(seen.path("errors"))
          .hasToString(
              "{\"mismatch\":\"IdempotentParameterMismatch 400 client IdempotentParameterMismatch\","
                  + "\"unknown\":\"DoesNotExistException 400 client DoesNotExistException\","
                  + "\"invalid\":\"ValidationException 400 client ValidationException\","
                  + "\"unsupported\":\"UnsupportedOperationException 400 client"
                  + " UnsupportedOperationException\","
                  + "\"soon\":\"InvocationDoesNotExist 400 client InvocationDoesNotExist\"}");
      assertThat(seen.path("success").asText()).isEqualTo("SUCCESS Success 0");
      assertThat(seen.path("failure").asText()).startsWith("refused by the waiter");
      assertThat(seen.path("baselines")).hasToString("{\"pages\":4,\"items\":19,\"different\":19}");
      assertThat(seen.path("commands")).hasToString("{\"pages\":1,\"items\":2,\"different\":2}");
    }
  }
}

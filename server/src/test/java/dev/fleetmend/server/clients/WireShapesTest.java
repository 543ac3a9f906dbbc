package dev.fleetmend.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.server.http.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes over the wire letter by letter, where AWS's own shapes are not alike. */
class WireShapesTest {
  private final ObjectMapper json = new ObjectMapper();
  @TempDir private Path folder;
  private ClientServer server;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    server = ClientServer.start(folder);
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private JsonNode call(String operation, String body) throws Exception {
    HttpResponse<String> answer = client.call("AmazonSSM." + operation, body, server.credentials());
    return json.readTree(answer.body().getBytes(UTF_8));
  }

  @Test
  void aCommandsTimesAreNumbersInListsAndTextInItsInvocation() throws Exception {
    try (ScriptedNode node = ScriptedNode.online(server, Map.of())) {
      String target = "\"InstanceIds\":[\"" + node.id() + "\"]";
      String command =
          call(
                  "SendCommand",
                  "{\"DocumentName\":\"AWS-RunShellScript\","
                      + target
                      + ",\"Parameters\":{\"commands\":[\"true\"]}}")
              .at("/Command/CommandId")
              .asText();
      await().until(() -> ended(command));

      JsonNode listed =
          call("ListCommands", "{\"Filters\":[{\"key\":\"Status\",\"value\":\"Success\"}]}")
              .at("/Commands/0");
      assertThat(listed.at("/CommandId").textValue()).isEqualTo(command);
      assertThat(listed.at("/RequestedDateTime").isNumber()).isTrue();
      assertThat(listed.at("/ExpiresAfter").isNumber()).isTrue();
      JsonNode invocation =
          call(
              "GetCommandInvocation",
              "{\"CommandId\":\"" + command + "\",\"InstanceId\":\"" + node.id() + "\"}");
      assertThat(invocation.at("/ExecutionStartDateTime").textValue())
          .isEqualTo("2026-11-02T10:00:01Z");
      assertThat(invocation.at("/ExecutionElapsedTime").textValue()).isEqualTo("PT0.091S");
    }
  }

  private boolean ended(String command) throws Exception {
    return call("ListCommands", "{\"CommandId\":\"" + command + "\"}")
        .at("/Commands/0/Status")
        .asText()
        .equals("Success");
  }

  @Test
  void filtersOfRunCommandAreSpelledSmallAndOthersAreNot() throws Exception {
    assertThat(call("ListCommands", "{\"Filters\":[{\"Key\":\"Status\",\"Value\":\"Success\"}]}"))
        .isEqualTo(
            json.createObjectNode()
                .put("__type", "ValidationException")
                .put(
                    "message",
                    "2 validation errors detected: Value null at 'filters.1.member.key' failed to"
                        + " satisfy constraint: Member must not be null; Value null at"
                        + " 'filters.1.member.value' failed to satisfy constraint: Member must not"
                        + " be null")
                .put(
                    "Message",
                    "2 validation errors detected: Value null at 'filters.1.member.key' failed to"
                        + " satisfy constraint: Member must not be null; Value null at"
                        + " 'filters.1.member.value' failed to satisfy constraint: Member must not"
                        + " be null"));
    assertThat(
            call(
                    "DescribePatchBaselines",
                    "{\"Filters\":[{\"Key\":\"OPERATING_SYSTEM\",\"Values\":[\"DEBIAN\"]}]}")
                .path("BaselineIdentities"))
        .hasSize(1);
  }

  @Test
  void aWindowsNextStartIsTextAndItsDatesAreNumbers() throws Exception {
    String window =
        call(
                "CreateMaintenanceWindow",
                "{\"Name\":\"daily\",\"Schedule\":\"cron(0 2 ? * * *)\",\"Duration\":2,"
                    + "\"Cutoff\":0,\"AllowUnassociatedTargets\":true}")
            .at("/WindowId")
            .asText();

    JsonNode shown = call("GetMaintenanceWindow", "{\"WindowId\":\"" + window + "\"}");
    assertThat(shown.at("/NextExecutionTime").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT02:00Z");
    assertThat(shown.at("/CreatedDate").isNumber()).isTrue();
  }

  @Test
  void emptyStructuresAreSentAndEmptyAnswersAreObjects() throws Exception {
    String baseline =
        call("CreatePatchBaseline", "{\"Name\":\"empty\"}").at("/BaselineId").asText();
    JsonNode shown = call("GetPatchBaseline", "{\"BaselineId\":\"" + baseline + "\"}");
    assertThat(shown.path("GlobalFilters").path("PatchFilters").isArray()).isTrue();
    assertThat(shown.path("ApprovalRules").path("PatchRules").isArray()).isTrue();
    assertThat(shown.path("ApprovedPatches").isArray()).isTrue();
    assertThat(
            call(
                "AddTagsToResource",
                "{\"ResourceType\":\"PatchBaseline\",\"ResourceId\":\""
                    + baseline
                    + "\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"\"}]}"))
        .isEqualTo(json.createObjectNode());
  }
}

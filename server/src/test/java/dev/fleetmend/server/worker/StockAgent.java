package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.http.TestClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

/**
 * The stock agent's part over the real protocol, for platforms that are not here: it takes a
 * message, puts the parameters into the lines of the step for its platform, has them run by a
 * program, and does again after a reboot what ended with the code that asks for one.
 */
final class StockAgent {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestClient client;
  private final HttpNode node;
  private final String platform;
  private final List<String> shell;
  private final Path folder;
  private final Map<String, String> environment;
  private final Runnable reboot;

  private String lastScript = "";

  /**
   * An agent.
   *
   * @param shell what runs a script, whose file is its last argument
   * @param reboot what happens to the host when it reboots
   */
  StockAgent(
      TestClient client,
      HttpNode node,
      String platform,
      List<String> shell,
      Path folder,
      Map<String, String> environment,
      Runnable reboot) {
    this.client = client;
    this.node = node;
    this.platform = platform;
    this.shell = List.copyOf(shell);
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.reboot = reboot;
  }

  /** How a step ended. */
  record Ended(int code, String output, String error, int reboots) {}

  static HttpNode enrol(TestClient client, Credentials administrator, String platform)
      throws Exception {
    HttpNode node = HttpNode.enrol(client, administrator);
    ok(
        client.call(
            "AmazonSSM.UpdateInstanceInformation",
            JSON.createObjectNode()
                .put("AgentName", "amazon-ssm-agent")
                .put("AgentVersion", "3.3")
                .put("InstanceId", node.id())
                .put("PlatformType", platform)
                .toString(),
            node.credentials()));
    return node;
  }

  /** The script that ran last, with the token that came with it. */
  String lastScript() {
    return lastScript;
  }

  /** Takes the one message that waits. */
  JsonNode fetch() throws Exception {
    JsonNode messages =
        call(
                "GetMessages",
                JSON.createObjectNode()
                    .put("Destination", node.id())
                    .put("MessagesRequestId", UUID.randomUUID().toString())
                    .put("VisibilityTimeoutInSeconds", 10))
            .path("Messages");
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  /** Takes the one message that waits and does what it says, over reboots. */
  Ended work() throws Exception {
    JsonNode message = fetch();
    String id = message.path("MessageId").asText();
    call("AcknowledgeMessage", JSON.createObjectNode().put("MessageId", id));
    JsonNode payload = JSON.readTree(message.path("Payload").asText());
    JsonNode step = step(payload);
    lastScript = script(payload, step);
    Ended ended = run(payload.path("CommandId").asText(), 0);
    while (asksForReboot(ended.code())) {
      reboot.run();
      ended = run(payload.path("CommandId").asText(), ended.reboots() + 1);
    }
    reply(id, step.path("name").asText(), step.path("action").asText(), ended);
    return ended;
  }

  private static boolean asksForReboot(int code) {
    return code == 194;
  }

  JsonNode step(JsonNode payload) {
    for (JsonNode step : payload.at("/DocumentContent/mainSteps")) {
      if (step.at("/precondition/StringEquals/1").asText().equals(platform)) {
        return step;
      }
    }
    throw new AssertionError("the document has no step for " + platform);
  }

  String script(JsonNode payload, JsonNode step) {
    List<String> lines = new ArrayList<>();
    step.at("/inputs/runCommand").forEach(line -> lines.add(line.asText()));
    String script = String.join("\n", lines) + "\n";
    for (Map.Entry<String, JsonNode> parameter :
        payload.at("/DocumentContent/parameters").properties()) {
      JsonNode given = payload.at("/Parameters/" + parameter.getKey());
      String value =
          given.isMissingNode() ? parameter.getValue().path("default").asText() : given.asText();
      script = script.replace("{{ " + parameter.getKey() + " }}", value);
    }
    return script;
  }

  private Ended run(String commandId, int reboots) throws Exception {
    Path script = Files.writeString(folder.resolve("_script"), lastScript);
    Path output = folder.resolve("stdout");
    Path error = folder.resolve("stderr");
    List<String> command = new ArrayList<>(shell);
    command.add(script.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("SSM_COMMAND_ID", commandId);
    builder.environment().put("AWS_SSM_INSTANCE_ID", node.id());
    builder.environment().put("AWS_SSM_REGION_NAME", "us-east-1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(), Files.readString(output), Files.readString(error), reboots);
  }

  private void reply(String messageId, String step, String action, Ended ended) throws Exception {
    String status = ended.code() == 0 ? "Success" : "Failed";
    String now = Instant.now().toString();
    ObjectNode reply = JSON.createObjectNode().put("documentStatus", status);
    reply
        .putObject("runtimeStatus")
        .putObject(step)
        .put("status", status)
        .put("code", ended.code())
        .put("name", action)
        .put("standardOutput", ended.output())
        .put("standardError", ended.error())
        .put("startDateTime", now)
        .put("endDateTime", now);
    call(
        "SendReply",
        JSON.createObjectNode()
            .put("MessageId", messageId)
            .put("ReplyId", UUID.randomUUID().toString())
            .put("Payload", reply.toString()));
  }

  private JsonNode call(String operation, ObjectNode body) throws Exception {
    return ok(client.call(MDS + operation, body.toString(), node.credentials()));
  }

  /** Calls an operation as the administrator; each %s of the body stands for one value. */
  static JsonNode call(
      TestClient client, Credentials administrator, String operation, String body, Object... values)
      throws Exception {
    String text = body;
    for (Object value : values) {
      text = text.replaceFirst("%s", Matcher.quoteReplacement(value.toString()));
    }
    return ok(client.call("AmazonSSM." + operation, text, administrator));
  }

  static JsonNode ok(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body().getBytes(UTF_8));
  }
}

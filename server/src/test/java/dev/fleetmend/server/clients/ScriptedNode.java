package dev.fleetmend.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.TestKeys;
import dev.fleetmend.server.http.TestClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A node that speaks the agent's protocol over HTTP and runs nothing: a command whose first line is
 * {@code true} succeeds, any other fails.
 */
final class ScriptedNode implements AutoCloseable {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";
  private final ObjectMapper json = new ObjectMapper();
  private final ExecutorService polling = Executors.newVirtualThreadPerTaskExecutor();
  private final TestClient client;
  private final String id;
  private final Credentials credentials;
  private final Listener listener;
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  private ScriptedNode(TestClient client, String id, Credentials credentials, Listener listener) {
    this.client = client;
    this.id = id;
    this.credentials = credentials;
    this.listener = listener;
  }

  /** What the node has just done about a command. */
  enum Moment {
    TAKEN,
    ACKNOWLEDGED,
    REPLIED
  }

  /** Told of every moment, on the node's own thread. */
  @FunctionalInterface
  interface Listener {
    /**
     * A moment has come.
     *
     * @param command how many commands the node has taken so far
     */
    void at(Moment moment, int command) throws Exception;
  }

  /** Enrols a node, has it beat and lets it take commands. */
  static ScriptedNode online(ClientServer server, Map<String, String> tags) throws Exception {
    return online(server.client(), server.credentials(), tags, (moment, command) -> {});
  }

  /** As above, by a client that the node closes. */
  static ScriptedNode online(
      TestClient client, Credentials administrator, Map<String, String> tags, Listener listener)
      throws Exception {
    KeyPair key = TestKeys.next();
    ObjectMapper json = new ObjectMapper();
    ObjectNode request = json.createObjectNode().put("IamRole", "fleet");
    tags.forEach((k, v) -> request.withArray("Tags").addObject().put("Key", k).put("Value", v));
    JsonNode activation =
        ok(client.call("AmazonSSM.CreateActivation", request.toString(), administrator));
    String fingerprint = UUID.randomUUID().toString();
    JsonNode registered =
        ok(
            client.unsigned(
                "AmazonSSM.RegisterManagedInstance",
                json.createObjectNode()
                    .put("ActivationCode", activation.at("/ActivationCode").textValue())
                    .put("ActivationId", activation.at("/ActivationId").textValue())
                    .put("Fingerprint", fingerprint)
                    .put("PublicKeyType", "Rsa")
                    .put(
                        "PublicKey",
                        Base64.getEncoder().encodeToString(key.getPublic().getEncoded()))
                    .toString()));
    String id = registered.at("/InstanceId").asText();
    JsonNode token =
        ok(
            client.call(
                "AmazonSSM.RequestManagedInstanceRoleToken",
                json.createObjectNode().put("Fingerprint", fingerprint).toString(),
                id,
                key.getPrivate()));
    ScriptedNode node =
        new ScriptedNode(
            client,
            id,
            new Credentials(
                token.at("/AccessKeyId").textValue(),
                token.at("/SecretAccessKey").textValue(),
                token.at("/SessionToken").textValue()),
            listener);
    node.beat();
    node.polling.execute(node::poll);
    return node;
  }

  /** A time in UTC, as {@code at(...)} takes it. */
  static String inSeconds(int seconds) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
        LocalDateTime.now(ZoneOffset.UTC).plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS));
  }

  String id() {
    return id;
  }

  /** The messages it was ever handed, each once. */
  Set<String> taken() {
    return taken;
  }

  private void beat() throws Exception {
    ok(
        client.call(
            "AmazonSSM.UpdateInstanceInformation",
            json.createObjectNode()
                .put("AgentName", "amazon-ssm-agent")
                .put("AgentVersion", "3.3")
                .put("InstanceId", id)
                .put("ComputerName", id + ".example")
                .put("PlatformType", "Linux")
                .toString(),
            credentials));
  }

  private void poll() {
    try {
      while (!Thread.interrupted()) {
        String request =
            json.createObjectNode()
                .put("Destination", id)
                .put("MessagesRequestId", UUID.randomUUID().toString())
                .put("VisibilityTimeoutInSeconds", 10)
                .toString();
        for (JsonNode message : call("GetMessages", request).path("Messages")) {
          take(message);
        }
      }
    } catch (Exception e) {
      if (!polling.isShutdown()) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A call that is made once more where the connection broke, as the agent does. */
  private JsonNode call(String operation, String body) throws Exception {
    try {
      return ok(client.call(MDS + operation, body, credentials));
    } catch (IOException e) {
      return ok(client.call(MDS + operation, body, credentials));
    }
  }

  private void take(JsonNode message) throws Exception {
    String messageId = message.at("/MessageId").textValue();
    JsonNode payload = json.readTree(message.at("/Payload").textValue());
    boolean well = payload.at("/Parameters/commands/0").asText().equals("true");
    String status = well ? "Success" : "Failed";
    ObjectNode reply = json.createObjectNode().put("documentStatus", status);
    reply
        .putObject("runtimeStatus")
        .putObject("aws:runShellScript")
        .put("status", status)
        .put("code", well ? 0 : 1)
        .put("name", "aws:runShellScript")
        .put("standardOutput", "done\n")
        .put("startDateTime", "2026-11-02T10:00:01.000Z")
        .put("endDateTime", "2026-11-02T10:00:01.091Z");
    taken.add(messageId);
    listener.at(Moment.TAKEN, taken.size());
    call("AcknowledgeMessage", json.createObjectNode().put("MessageId", messageId).toString());
    listener.at(Moment.ACKNOWLEDGED, taken.size());
    call(
        "SendReply",
        json.createObjectNode()
            .put("MessageId", messageId)
            .put("ReplyId", UUID.randomUUID().toString())
            .put("Payload", reply.toString())
            .toString());
    listener.at(Moment.REPLIED, taken.size());
  }

  private static JsonNode ok(HttpResponse<String> response) throws Exception {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body());
    }
    return new ObjectMapper().readTree(response.body().getBytes(UTF_8));
  }

  @Override
  public void close() {
    polling.shutdownNow();
    client.close();
  }
}

package dev.fleetmend.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.http.TestClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent's life over HTTP, message by message as the stock agent sends them. */
class AgentProtocolTest {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";
  private final ObjectMapper json = new ObjectMapper();
  private final String fingerprint = UUID.randomUUID().toString();
  @TempDir private Path folder;
  private FleetmendServer server;
  private TestClient client;
  private Credentials administrator;
  private KeyPair key;

  @BeforeEach
  void start() throws Exception {
    key = TestKeys.next();
    open();
    AccessKey created = server.accessKeys().createAdministrator();
    administrator = new Credentials(created.id(), created.secret(), null);
  }

  private void open() throws Exception {
    server = FleetmendServer.start(ServerConfig.local(folder, 0), Clock.systemUTC());
    client =
        new TestClient(
            URI.create("http://127.0.0.1:" + server.port() + "/"), "us-east-1", Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void anAgentEnrolsRunsACommandAndOutlivesARestartOfTheServer() throws Exception {
    String node = register();
    Credentials credentials = roleToken(node);
    beat(node, credentials);
    CompletableFuture<HttpResponse<String>> poll = poll(node, credentials);
    assertThat(poll).isNotDone();

    String command = send(node);
    await().atMost(Duration.ofSeconds(5)).until(poll::isDone);
    JsonNode message = json.readTree(poll.join().body()).at("/Messages/0");
    assertThat(message.at("/MessageId").textValue()).isEqualTo("aws.ssm." + command + "." + node);
    JsonNode payload = json.readTree(message.at("/Payload").textValue());
    assertThat(payload.at("/DocumentContent/schemaVersion").textValue()).isEqualTo("1.2");
    assertThat(payload.at("/Parameters/commands/0").textValue()).isEqualTo("uptime");

    stop();
    open();
    String messageId = message.at("/MessageId").textValue();
    String end =
        reply(
            messageId,
            "one",
            "Success",
            "\"aws:runShellScript\":{\"status\":\"Success\","
                + "\"code\":0,\"standardOutput\":\"up\"}");
    ok(client.call(MDS + "SendReply", end, credentials));
    ok(client.call(MDS + "SendReply", reply(messageId, "two", "InProgress", ""), credentials));
    ok(client.call(MDS + "SendReply", end, credentials));
    ok(
        client.call(
            MDS + "AcknowledgeMessage", "{\"MessageId\":\"" + messageId + "\"}", credentials));

    JsonNode invocation =
        ok(
            client.call(
                "AmazonSSM.GetCommandInvocation",
                "{\"CommandId\":\"%s\",\"InstanceId\":\"%s\"}".formatted(command, node),
                administrator));
    assertThat(invocation.at("/Status").textValue()).isEqualTo("Success");
    assertThat(invocation.at("/StandardOutputContent").textValue()).isEqualTo("up");
    assertThat(invocation.at("/ResponseCode").intValue()).isZero();
  }

  @Test
  void aDeregisteredNodesCredentialsWorkNoMore() throws Exception {
    String node = register();
    Credentials credentials = roleToken(node);
    beat(node, credentials);

    ok(
        client.call(
            "AmazonSSM.DeregisterManagedInstance",
            "{\"InstanceId\":\"" + node + "\"}",
            administrator));

    assertThat(
            client
                .call(
                    "AmazonSSM.UpdateInstanceInformation",
                    "{\"InstanceId\":\"" + node + "\"}",
                    credentials)
                .body())
        .contains("UnrecognizedClientException");
    assertThat(
            client
                .call(
                    "AmazonSSM.RequestManagedInstanceRoleToken",
                    "{\"Fingerprint\":\"" + fingerprint + "\"}",
                    node,
                    key.getPrivate())
                .body())
        .contains("AccessDeniedException");
  }

  @Test
  void aNodeMayNotReadAnothersMessagesNorGiveOrders() throws Exception {
    String one = register();
    String two = register();
    Credentials credentials = roleToken(one);
    beat(one, credentials);

    assertThat(
            client
                .call(
                    "AmazonSSM.SendCommand",
                    "{\"DocumentName\":\"AWS-RunShellScript\",\"InstanceIds\":[\"" + one + "\"]}",
                    credentials)
                .body())
        .contains("AccessDeniedException");
    assertThat(
            client
                .call(MDS + "SendReply", reply("aws.ssm.c." + two, "r", "Failed", ""), credentials)
                .body())
        .contains("AccessDeniedException");
  }

  private String register() throws Exception {
    JsonNode activation =
        ok(client.call("AmazonSSM.CreateActivation", "{\"IamRole\":\"fleet\"}", administrator));
    return Objects.requireNonNull(
        ok(client.unsigned(
                "AmazonSSM.RegisterManagedInstance",
                "{\"ActivationCode\":\"%s\",\"ActivationId\":\"%s\",\"Fingerprint\":\"%s\",\"PublicKey\":\"%s\",\"PublicKeyType\":\"Rsa\"}"
                    .formatted(
                        activation.at("/ActivationCode").textValue(),
                        activation.at("/ActivationId").textValue(),
                        fingerprint,
                        Base64.getEncoder().encodeToString(key.getPublic().getEncoded()))))
            .at("/InstanceId")
            .textValue());
  }

  private Credentials roleToken(String node) throws Exception {
    JsonNode token =
        ok(
            client.call(
                "AmazonSSM.RequestManagedInstanceRoleToken",
                "{\"Fingerprint\":\"" + fingerprint + "\"}",
                node,
                key.getPrivate()));
    assertThat(token.at("/UpdateKeyPair").booleanValue()).isFalse();
    assertThat(token.at("/TokenExpirationDate").longValue())
        .isGreaterThan(System.currentTimeMillis() / 1000);
    return new Credentials(
        token.at("/AccessKeyId").textValue(),
        token.at("/SecretAccessKey").textValue(),
        token.at("/SessionToken").textValue());
  }

  private void beat(String node, Credentials credentials) throws Exception {
    ok(
        client.call(
            "AmazonSSM.UpdateInstanceInformation",
            "{\"AgentName\":\"amazon-ssm-agent\",\"AgentVersion\":\"3.3\",\"InstanceId\":\""
                + node
                + "\",\"PlatformType\":\"Linux\"}",
            credentials));
  }

  private CompletableFuture<HttpResponse<String>> poll(String node, Credentials credentials) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.call(
                MDS + "GetMessages",
                "{\"Destination\":\"%s\",\"MessagesRequestId\":\"r\",\"VisibilityTimeoutInSeconds\":10}"
                    .formatted(node),
                credentials);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private String send(String node) throws Exception {
    return Objects.requireNonNull(
        ok(client.call(
                "AmazonSSM.SendCommand",
                "{\"DocumentName\":\"AWS-RunShellScript\",\"InstanceIds\":[\"%s\"],\"Parameters\":{\"commands\":[\"uptime\"]}}"
                    .formatted(node),
                administrator))
            .at("/Command/CommandId")
            .textValue());
  }

  private String reply(String messageId, String replyId, String status, String steps)
      throws Exception {
    String text =
        "{\"additionalInfo\":{\"agent\":{\"lang\":\"en-US\",\"name\":\"amazon-ssm-agent\"},"
            + "\"runtimeStatusCounts\":null},\"documentStatus\":\""
            + status
            + "\",\"documentTraceOutput\":\"\",\"runtimeStatus\":{"
            + steps
            + "}}";
    return json.writeValueAsString(
        json.createObjectNode()
            .put("MessageId", messageId)
            .put("ReplyId", replyId)
            .put("Payload", text));
  }

  private JsonNode ok(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body().getBytes(UTF_8));
  }
}

package dev.fleetmend.server.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.protocol.frame.Frame;
import dev.fleetmend.protocol.frame.MalformedFrameException;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control channel as it is on the wire: TLS, signatures, XML, a web socket, binary frames. */
class WebSocketTest {
  @TempDir private Path folder;
  private FleetmendServer server;
  private WireNode wire;
  private Credentials administrator;
  private String node;
  private Credentials credentials;

  @BeforeEach
  void start() throws Exception {
    open(0);
    AccessKey created = server.accessKeys().createAdministrator();
    administrator = new Credentials(created.id(), created.secret(), null);
    wire = new WireNode(server.port(), server.certificate().orElseThrow());
    node = wire.register(administrator);
    credentials = wire.credentials(node);
  }

  private void open(int port) throws Exception {
    ServerConfig config =
        new ServerConfig(folder, null, "us-east-1", "000000000000", "127.0.0.1", port, true);
    server = FleetmendServer.start(config, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    wire.close();
    server.close();
  }

  @Test
  void aCommandGoesThereAndBackAndASocketSurvivesPings() throws Exception {
    Ears ears = new Ears();
    WebSocket socket = open(ears);
    String command = send();
    await().until(() -> !ears.frames.isEmpty());
    Frame job = ears.frames.getFirst();
    assertThat(job.type()).isEqualTo("agent_job");
    assertThat(job.payload()).contains("aws.ssm." + command + "." + node);

    socket.sendPing(ByteBuffer.wrap("keepalive".getBytes(UTF_8))).join();
    await().until(() -> ears.pong != null);
    assertThat(ears.pong).isEqualTo("keepalive");

    UUID reply = reply(socket, command);
    await().until(() -> ears.frames.size() > 1);
    assertThat(ears.frames.get(1).type()).isEqualTo("agent_job_reply_ack");
    assertThat(ears.frames.get(1).payload()).contains(reply.toString());
    assertThat(status(command)).isEqualTo("Success");
  }

  @Test
  void aServerThatComesBackIsGoneOnWithByTheOldCredentials() throws Exception {
    Ears ears = new Ears();
    open(ears);
    String command = send();
    await().until(() -> !ears.frames.isEmpty());
    int port = server.port();

    server.close();
    await().until(() -> ears.ended);
    open(port);
    Ears again = new Ears();
    WebSocket socket = open(again);
    reply(socket, command);

    await().until(() -> !again.frames.isEmpty());
    assertThat(status(command)).isEqualTo("Success");
  }

  @Test
  void onlyTheNodeItselfGetsItsChannel() throws Exception {
    String other = wire.register(administrator);

    HttpResponse<String> denied = wire.createChannel(other, credentials);
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body()).startsWith("<AccessDeniedException>");
    assertThat(wire.createChannel(node, administrator).body())
        .startsWith("<UnrecognizedClientException>");
    assertThat(
            wire.createChannel(
                    node,
                    new Credentials(credentials.accessKeyId(), "guess", credentials.sessionToken()))
                .body())
        .startsWith("<InvalidSignatureException>");
    assertThatThrownBy(() -> wire.connect(other, credentials, new Ears()))
        .hasMessageContaining("WebSocketHandshakeException");
    assertThatThrownBy(() -> wire.connect(node, administrator, new Ears()))
        .hasMessageContaining("WebSocketHandshakeException");

    Ears ears = new Ears();
    WebSocket socket = wire.connect(node, credentials, ears);
    send();
    socket.sendText("{\"TokenValue\":\"guess\"}", true).join();
    await().until(() -> ears.ended);
    assertThat(ears.frames).isEmpty();
  }

  private WebSocket open(Ears ears) throws Exception {
    HttpResponse<String> created = wire.createChannel(node, credentials);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).contains("<MessageSchemaVersion>1.0</MessageSchemaVersion>");
    String token = created.body().replaceAll(".*<TokenValue>(.*)</TokenValue>.*", "$1");
    WebSocket socket = wire.connect(node, credentials, ears);
    socket
        .sendText(
            "{\"Cookie\":null,\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"r\",\"TokenValue\":\""
                + token
                + "\",\"AgentVersion\":\"3.3.1142.0\",\"PlatformType\":\"linux\"}",
            true)
        .join();
    return socket;
  }

  private String send() throws Exception {
    return Objects.requireNonNull(
        wire.ok(
                wire.api(
                    "AmazonSSM.SendCommand",
                    "{\"DocumentName\":\"AWS-RunShellScript\",\"InstanceIds\":[\"%s\"],\"Parameters\":{\"commands\":[\"uptime\"]}}"
                        .formatted(node),
                    administrator))
            .at("/Command/CommandId")
            .textValue());
  }

  private UUID reply(WebSocket socket, String command) {
    UUID id = UUID.randomUUID();
    String payload =
        "{\"schemaVersion\":1,\"jobId\":\"aws.ssm.%s.%s\",\"content\":\"{\\\"documentStatus\\\":\\\"Success\\\"}\",\"topic\":\"aws.ssm.sendCommand\"}"
            .formatted(command, node);
    socket
        .sendBinary(
            new Frame("agent_job_reply", Instant.EPOCH.plusMillis(1), 0, 0, id, payload).encode(),
            true)
        .join();
    return id;
  }

  private String status(String command) throws Exception {
    return Objects.requireNonNull(
        wire.ok(
                wire.api(
                    "AmazonSSM.GetCommandInvocation",
                    "{\"CommandId\":\"%s\",\"InstanceId\":\"%s\"}".formatted(command, node),
                    administrator))
            .at("/Status")
            .textValue());
  }

  /** Keeps what comes. */
  private static final class Ears implements WebSocket.Listener {
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private volatile @Nullable String pong;
    private volatile boolean ended;

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      try {
        frames.add(Frame.decode(data));
      } catch (MalformedFrameException e) {
        throw new AssertionError(e);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      pong = UTF_8.decode(message).toString();
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      ended = true;
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended = true;
    }
  }
}

package dev.fleetmend.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.TestKeys;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.access.AccessKeys;
import dev.fleetmend.server.access.Authenticator;
import dev.fleetmend.server.access.MasterKey;
import dev.fleetmend.server.access.NodeCredentials;
import dev.fleetmend.server.audit.AuditTrail;
import dev.fleetmend.server.operation.AccessTable;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.quota.Quotas;
import dev.fleetmend.server.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

class ListenerTest {
  private static final String NODE = "mi-0a1b2c3d4e5f60718";
  private static final String GET = "AmazonSSM.GetPatchBaseline";
  private static final String GOOD = "{\"BaselineId\":\"pb-0c10e657807c7a700\"}";

  private static final String ACCESS =
      """
      ssm:GetPatchBaseline                viewer  -    read    patchbaseline/BaselineId
      ssm:RegisterManagedInstance         anyone  -    change  -
      ssm:RequestManagedInstanceRoleToken -       key  report  -
      fleetmend:Node                      -       own  report  -
      ec2messages:GetMessages             -       own  report  -
      fleetmend:Where                     anyone  -    read    -
      fleetmend:Break                     admin   -    read    -
      """;

  record Note(String text) {}

  private final Clock clock = Clock.systemUTC();
  private final Map<String, KeyPair> nodes = new ConcurrentHashMap<>();
  private @TempDir Path folder;
  private Store store;
  private NodeCredentials nodeCredentials;
  private HttpServer server;
  private TestClient client;
  private Credentials administrator;

  @BeforeEach
  void start() throws IOException {
    nodes.put(NODE, TestKeys.next());
    store = Store.open("jdbc:sqlite:" + folder.resolve("test.db"));
    MasterKey masterKey = MasterKey.of(folder);
    AccessKeys accessKeys = new AccessKeys(store, masterKey, clock);
    AccessKey key = accessKeys.createAdministrator();
    administrator = new Credentials(key.id(), key.secret(), null);
    nodeCredentials = new NodeCredentials(masterKey, clock);
    Operations operations = operations();
    Routes routes = new Routes();
    routes.on(
        "/agent/",
        rest ->
            rest.equals("image")
                ? Optional.of(Download.of("text/plain", "content".getBytes(UTF_8)))
                : Optional.empty());
    server =
        HttpServer.create(
            "127.0.0.1",
            0,
            null,
            new HttpServer.FrontDoor(
                operations,
                new Authenticator(
                    "us-east-1",
                    clock,
                    operations,
                    accessKeys,
                    nodeCredentials,
                    id -> Optional.ofNullable(nodes.get(id)).map(KeyPair::getPublic)),
                new Dispatcher(
                    operations,
                    new AuditTrail(store, clock),
                    Quotas.published(),
                    "us-east-1",
                    "000000000000"),
                routes,
                new NoChannels(),
                Duration.ofMillis(1_500)));
    server.start();
    client =
        new TestClient(URI.create("http://127.0.0.1:" + server.port() + "/"), "us-east-1", clock);
  }

  private static Operations operations() {
    Operations operations = new Operations(AccessTable.parse(ACCESS));
    operations.on(
        GetPatchBaselineRequest.class,
        (request, caller) ->
            GetPatchBaselineResponse.builder().baselineId(request.baselineId()).build());
    operations.on("AmazonSSM.RegisterManagedInstance", Note.class, (note, c) -> note);
    operations.on(
        "AmazonSSM.RequestManagedInstanceRoleToken",
        Note.class,
        (note, caller) -> new Note(caller.toString()));
    operations.on("Fleetmend.Node", Note.class, (note, c) -> new Note(c.toString()));
    operations.on(
        "EC2WindowsMessageDeliveryService.GetMessages", Note.class, (note, caller) -> poll(note));
    operations.on(
        "Fleetmend.Where",
        Note.class,
        (note, c) -> new Note(ReachedBy.address().orElse("nowhere")));
    operations.on(
        "Fleetmend.Break",
        Note.class,
        (note, caller) -> {
          throw note.text().equals("outage")
              ? new ConnectionException(new SQLTransientConnectionException("pool is empty"))
              : new IllegalStateException("a secret of the inside");
        });
    return operations;
  }

  private static CompletionStage<Note> poll(Note note) {
    return CompletableFuture.supplyAsync(
        () -> {
          if (note.text().equals("fail")) {
            throw new ApiException("Held", "for a while");
          }
          return note;
        });
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    store.close();
  }

  private static void answered(HttpResponse<String> response, int status, String part) {
    assertThat(response.body()).contains(part);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("application/x-amz-json-1.1");
  }

  @Test
  void anAdministratorIsAnswered() throws Exception {
    answered(
        client.call(GET, GOOD, administrator), 200, "{\"BaselineId\":\"pb-0c10e657807c7a700\"}");
  }

  @Test
  void nobodyElseIs() throws Exception {
    answered(client.unsigned(GET, GOOD), 400, "MissingAuthenticationTokenException");
    answered(
        client.call(GET, GOOD, new Credentials("AKIAUNKNOWN", "x", null)),
        400,
        "UnrecognizedClientException");
    answered(
        client.call(GET, GOOD, new Credentials(administrator.accessKeyId(), "guess", null)),
        400,
        "InvalidSignatureException");
    answered(
        client.call(GET, GOOD, new Credentials("FMNODE00112233445566", "guess", "token")),
        400,
        "UnrecognizedClientException");
  }

  @Test
  void aNodeReachesWhatIsForNodesAndAnAdministratorDoesNot() throws Exception {
    NodeCredentials.Issued issued = nodeCredentials.issue(NODE, Duration.ofHours(1));
    Credentials node =
        new Credentials(issued.accessKeyId(), issued.secret(), issued.sessionToken());
    answered(client.call("Fleetmend.Node", "{}", node), 200, "Node[instanceId=" + NODE);
    answered(
        client.call(GET, GOOD, node),
        400,
        "assumed-role/managed-node/"
            + NODE
            + " is not authorized to perform: ssm:GetPatchBaseline");
    answered(client.call("Fleetmend.Node", "{}", administrator), 400, "AccessDeniedException");
    nodes.clear();
    answered(client.call("Fleetmend.Node", "{}", node), 400, "UnrecognizedClientException");
  }

  @Test
  void expiredCredentialsAreSaidToBe() throws Exception {
    NodeCredentials.Issued issued = nodeCredentials.issue(NODE, Duration.ofSeconds(-1));
    answered(
        client.call(
            "Fleetmend.Node",
            "{}",
            new Credentials(issued.accessKeyId(), issued.secret(), issued.sessionToken())),
        400,
        "ExpiredTokenException");
  }

  @Test
  void aNodesKeyOpensTheRoleTokenOnly() throws Exception {
    KeyPair pair = nodes.get(NODE);
    assertThat(pair).isNotNull();
    String role = "AmazonSSM.RequestManagedInstanceRoleToken";
    answered(client.call(role, "{}", NODE, pair.getPrivate()), 200, NODE);
    answered(
        client.call("Fleetmend.Node", "{}", NODE, pair.getPrivate()),
        400,
        "UnrecognizedClientException");
    NodeCredentials.Issued issued = nodeCredentials.issue(NODE, Duration.ofHours(1));
    answered(
        client.call(
            role,
            "{}",
            new Credentials(issued.accessKeyId(), issued.secret(), issued.sessionToken())),
        400,
        "UnrecognizedClientException");
    answered(
        client.call(role, "{}", "mi-0000000000000000f", pair.getPrivate()),
        400,
        "AccessDeniedException");
  }

  @Test
  void registrationNeedsNoSignature() throws Exception {
    answered(client.unsigned("AmazonSSM.RegisterManagedInstance", "{\"Text\":\"hi\"}"), 200, "hi");
  }

  @Test
  void anAnswerNamesTheAddressThatItsRequestCameBy() throws Exception {
    answered(client.unsigned("Fleetmend.Where", "{}"), 200, "http://127.0.0.1:" + server.port());
    assertThat(hosted("patch.example:8440")).contains("\"Text\":\"http://patch.example:8440\"");
    assertThat(hosted("[fd00::1]")).contains("\"Text\":\"http://[fd00::1]\"");
    assertThat(hosted("a_b")).contains("nowhere");
    assertThat(hosted("evil/x?")).doesNotContain("evil");
  }

  /** The whole answer to a request with a Host header of its own. */
  private String hosted(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request =
          "POST / HTTP/1.1\r\nHost: "
              + host
              + "\r\nX-Amz-Target: Fleetmend.Where\r\nContent-Length: 2\r\n"
              + "Connection: close\r\n\r\n{}";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void whatIsWrongIsToldApart() throws Exception {
    answered(
        client.call("AmazonSSM.Nothing", "{}", administrator), 400, "UnknownOperationException");
    answered(
        client.call("AmazonSSM.GetParameter", "{}", administrator),
        400,
        "UnsupportedOperationException\",\"message\":\"GetParameter is not supported");
    answered(client.call(GET, "{", administrator), 400, "SerializationException");
    answered(client.call(GET, "{\"BaselineId\":5}", administrator), 400, "SerializationException");
    answered(
        client.call(GET, "{}", administrator),
        400,
        "Value null at 'baselineId' failed to satisfy constraint: Member must not be null");
    answered(
        client.call("Fleetmend.Break", "{\"Text\":[]}", administrator),
        400,
        "SerializationException");
  }

  @Test
  void ourFailuresDoNotShowTheInside() throws Exception {
    HttpResponse<String> broken = client.call("Fleetmend.Break", "{}", administrator);
    answered(broken, 500, "InternalServerError");
    assertThat(broken.body())
        .doesNotContain("secret")
        .contains(broken.headers().firstValue("x-amzn-RequestId").orElseThrow());
    answered(
        client.call("Fleetmend.Break", "{\"Text\":\"outage\"}", administrator),
        503,
        "ServiceUnavailable");
  }

  @Test
  void anErrorToAPollIsHeldBack() throws Exception {
    NodeCredentials.Issued issued = nodeCredentials.issue(NODE, Duration.ofHours(1));
    Credentials node =
        new Credentials(issued.accessKeyId(), issued.secret(), issued.sessionToken());
    String poll = "EC2WindowsMessageDeliveryService.GetMessages";
    answered(client.call(poll, "{\"Text\":\"now\"}", node), 200, "now");
    long before = System.nanoTime();
    answered(client.call(poll, "{\"Text\":\"fail\"}", node), 400, "Held");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void aBodyWithoutALengthIsRead() throws Exception {
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/ssm/api/"))
            .header("X-Amz-Target", "AmazonSSM.RegisterManagedInstance")
            .POST(
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofString("{\"Text\":\"in chunks\"}")))
            .build();
    answered(client.send(chunked), 200, "in chunks");
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws Exception {
    answered(
        client.unsigned("AmazonSSM.RegisterManagedInstance", " ".repeat(70_000)),
        413,
        "RequestEntityTooLargeException");
  }

  @Test
  void aControlChannelWithoutASignatureIsRefusedInXmlAndNotForGood() throws Exception {
    for (HttpRequest.Builder request :
        List.of(
            HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("{}")),
            HttpRequest.newBuilder().GET(),
            HttpRequest.newBuilder().DELETE())) {
      HttpResponse<String> response =
          client.send(
              request
                  .uri(
                      URI.create(
                          "http://127.0.0.1:" + server.port() + "/v1/control-channel/" + NODE))
                  .build());
      assertThat(response.statusCode()).isBetween(400, 499);
      assertThat(response.body())
          .startsWith("<")
          .contains("<message>")
          .doesNotContain("AccessDeniedException");
    }
  }

  @Test
  void downloadsAreByPath() throws Exception {
    URI base = URI.create("http://127.0.0.1:" + server.port());
    HttpResponse<String> found =
        client.send(HttpRequest.newBuilder(base.resolve("/agent/image")).build());
    assertThat(found.body()).isEqualTo("content");
    assertThat(found.headers().firstValue("content-length")).hasValue("7");
    for (String path : new String[] {"/", "/agent/other", "/agent/../agent/x", "/agen"}) {
      assertThat(client.send(HttpRequest.newBuilder(base.resolve(path)).build()).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void whatIsNoHttpIsAnsweredPlainly() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("jetty");
    }
  }

  /** Nobody gets as far as a channel here. */
  private static final class NoChannels implements ControlChannels {
    @Override
    public String createToken(String instanceId) {
      throw new AssertionError("no channel was asked for");
    }

    @Override
    public Inbound connected(String instanceId, ControlChannels.Socket socket) {
      throw new AssertionError("no channel was asked for");
    }
  }
}

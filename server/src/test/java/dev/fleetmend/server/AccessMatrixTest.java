package dev.fleetmend.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.http.TestClient;
import dev.fleetmend.server.operation.Access;
import dev.fleetmend.server.operation.AccessTable;
import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Effect;
import dev.fleetmend.server.operation.Operation;
import dev.fleetmend.server.operation.Role;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation that the server offers, as each role, as the node itself, as another node and as
 * nobody, over HTTP: the outcome is what the access table says.
 */
class AccessMatrixTest {
  private static final Set<String> NOT_LET_IN =
      Set.of(
          "AccessDeniedException",
          "MissingAuthenticationTokenException",
          "UnrecognizedClientException",
          "InvalidSignatureException");

  private final ObjectMapper json = new ObjectMapper();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<Role, Credentials> keys = new EnumMap<>(Role.class);
  @TempDir private Path folder;
  private TestClient client =
      new TestClient(URI.create("http://127.0.0.1:1/"), "us-east-1", Clock.systemUTC());

  @Test
  void everyRowIsAnOperationThatIsOffered() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      Set<String> offered =
          server.core().operations().all().keySet().stream()
              .map(target -> Action.of(target).toString())
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(AccessTable.load().rows())
          .extracting(row -> row.action().toString())
          .containsExactlyInAnyOrderElementsOf(offered);
    }
  }

  @Test
  void nothingThatChangesIsForViewers() {
    assertThat(AccessTable.load().rows())
        .filteredOn(row -> row.effect() != Effect.READ)
        .noneMatch(row -> row.keys() == Role.VIEWER);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Databases.class)
  void everyCallerMayWhatTheTableSaysAndNoMore(Databases engine) throws Exception {
    List<Operation> operations;
    try (TestServer table = TestServer.start(Databases.SQLITE, folder)) {
      operations = List.copyOf(table.core().operations().all().values());
    }
    HttpServers.withoutRates(folder);
    ServerConfig config =
        new ServerConfig(
            folder,
            engine.fresh(folder),
            ServerConfig.DEFAULT_REGION,
            ServerConfig.DEFAULT_ACCOUNT,
            "127.0.0.1",
            0,
            false);
    try (FleetmendServer server = FleetmendServer.start(config, Clock.systemUTC());
        TestClient here =
            new TestClient(
                URI.create("http://127.0.0.1:" + server.port() + "/"),
                "us-east-1",
                Clock.systemUTC())) {
      client = here;
      for (Role role : Role.values()) {
        var key = server.createKey(role, role.text());
        keys.put(role, new Credentials(key.id(), key.secret(), null));
      }
      Credentials admin = Objects.requireNonNull(keys.get(Role.ADMIN));
      HttpNode node = HttpNode.enrol(client, admin);
      HttpNode other = HttpNode.enrol(client, admin);
      Sent command = send(node, "AWS-RunShellScript", admin);
      Sent foreign = send(other, "AWS-RunPowerShellScript", admin);
      // All at once: a refused poll is answered late, lest agents hammer.
      try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Void>> calls = new ArrayList<>();
        for (Operation operation : operations) {
          keys.forEach((role, key) -> calls.add(() -> asKey(operation, role, key)));
          calls.add(() -> asNobody(operation));
          calls.add(() -> signedWithTheNodesKey(operation, node, command));
          calls.add(() -> asNode(operation, node, command));
          calls.add(() -> asAnotherNode(operation, node, other, foreign));
        }
        for (Future<Void> call : each.invokeAll(calls)) {
          call.get();
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private @Nullable Void asKey(Operation operation, Role role, Credentials key) throws Exception {
    HttpResponse<String> answer = client.call(operation.target(), "{}", key);
    Caller caller = new Caller.Key(key.accessKeyId(), role);
    if (operation.access().admits(caller)) {
      letIn(operation, role.text(), answer);
    } else {
      denied(operation, caller, answer, "*");
    }
    return null;
  }

  private @Nullable Void asNobody(Operation operation) throws Exception {
    HttpResponse<String> answer = client.unsigned(operation.target(), "{}");
    if (operation.access().anyone()) {
      letIn(operation, "nobody", answer);
    } else {
      refused(operation, "nobody", answer, "MissingAuthenticationTokenException");
    }
    return null;
  }

  private @Nullable Void signedWithTheNodesKey(Operation operation, HttpNode node, Sent command)
      throws Exception {
    Access access = operation.access();
    HttpResponse<String> answer =
        client.call(
            operation.target(),
            body(access, node.id(), command),
            node.id(),
            node.key().getPrivate());
    if (access.nodes() == Access.Nodes.KEY) {
      letIn(operation, "a node's key", answer);
    } else {
      refused(operation, "a node's key", answer, "UnrecognizedClientException");
    }
    return null;
  }

  private @Nullable Void asNode(Operation operation, HttpNode node, Sent command) throws Exception {
    Access access = operation.access();
    Caller caller = new Caller.Node(node.id());
    HttpResponse<String> answer =
        client.call(operation.target(), body(access, node.id(), command), node.credentials());
    if (access.nodes() == Access.Nodes.KEY) {
      refused(operation, "a node's credentials", answer, "UnrecognizedClientException");
    } else if (access.admits(caller)) {
      letIn(operation, "the node", answer);
    } else {
      denied(operation, caller, answer, "*");
    }
    return null;
  }

  private @Nullable Void asAnotherNode(
      Operation operation, HttpNode node, HttpNode other, Sent foreign) throws Exception {
    Access access = operation.access();
    if (access.nodes() == Access.Nodes.OWN) {
      denied(
          operation,
          new Caller.Node(node.id()),
          client.call(operation.target(), body(access, other.id(), foreign), node.credentials()),
          access.own() == null ? named(access, foreign) : "managed-instance/" + other.id());
    }
    return null;
  }

  /** A command that went to one node. */
  private record Sent(String id, String document) {}

  /** Names a command, or the document that it has its node run. */
  private static String named(Access access, Sent sent) {
    return access.action().name().equals("GetDocument") ? sent.document() : sent.id();
  }

  /** A request about a node, or about a command that went to it; good but for that. */
  private String body(Access access, String node, Sent command) {
    if (access.nodes() != Access.Nodes.OWN) {
      return "{}";
    }
    ObjectNode request = json.createObjectNode();
    String member = access.own() == null ? "CommandId" : access.own();
    request.put(
        member,
        switch (member) {
          case "CommandId" -> command.id();
          case "MessageId" -> "aws.ssm." + UUID.randomUUID() + "." + node;
          default -> node;
        });
    switch (access.action().name()) {
      case "GetDocument" -> request.put("Name", command.document());
      case "PutCommandOutput" -> request.put("Stream", "StandardOutput");
      case "PutInventory" ->
          request
              .putArray("Items")
              .addObject()
              .put("TypeName", "Custom:Access")
              .put("SchemaVersion", "1.0")
              .put("CaptureTime", "2026-11-02T10:00:00Z");
      case "PutComplianceItems" -> {
        request.put("ResourceType", "ManagedInstance").put("ComplianceType", "Custom:Access");
        request.putObject("ExecutionSummary").put("ExecutionTime", 1_800_000_000);
        request.putArray("Items");
      }
      default -> request.put("SnapshotId", UUID.randomUUID().toString());
    }
    return request.toString();
  }

  private Sent send(HttpNode node, String document, Credentials admin) throws Exception {
    HttpResponse<String> sent =
        client.call(
            "AmazonSSM.SendCommand",
            "{\"DocumentName\":\"%s\",\"InstanceIds\":[\"%s\"],\"Parameters\":{\"commands\":[\"true\"]}}"
                .formatted(document, node.id()),
            admin);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    return new Sent(json.readTree(sent.body()).at("/Command/CommandId").asText(), document);
  }

  private void letIn(Operation operation, String who, HttpResponse<String> answer)
      throws Exception {
    if (answer.statusCode() >= 500 || NOT_LET_IN.contains(code(answer))) {
      wrong.add(operation.target() + " does not let in " + who + ": " + answer.body());
    }
  }

  private void refused(Operation operation, String who, HttpResponse<String> answer, String code)
      throws Exception {
    if (!code(answer).equals(code)) {
      wrong.add(operation.target() + " as " + who + " is no " + code + ": " + answer.body());
    }
  }

  private void denied(
      Operation operation, Caller caller, HttpResponse<String> answer, String resource)
      throws Exception {
    refused(operation, caller.toString(), answer, "AccessDeniedException");
    String action = operation.access().action().toString();
    String said = json.readTree(answer.body()).path("message").asText();
    String begin =
        "User: "
            + caller.arn(ServerConfig.DEFAULT_ACCOUNT)
            + " is not authorized to perform: "
            + action
            + " on resource: arn:aws:ssm:us-east-1:000000000000:";
    String end = resource + " because no identity-based policy allows the " + action + " action";
    if (answer.statusCode() != 400 || !said.startsWith(begin) || !said.endsWith(end)) {
      wrong.add(operation.target() + " denies " + caller + " in other words: " + said);
    }
  }

  private String code(HttpResponse<String> answer) throws Exception {
    JsonNode body = json.readTree(answer.body());
    return answer.statusCode() == 200 ? "" : body.path("__type").asText();
  }
}

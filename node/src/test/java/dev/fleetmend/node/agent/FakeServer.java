package dev.fleetmend.node.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.GetDocumentRequest;
import dev.fleetmend.protocol.message.GetDocumentResponse;
import dev.fleetmend.protocol.message.GetMessagesRequest;
import dev.fleetmend.protocol.message.GetMessagesResponse;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.PutCommandOutputRequest;
import dev.fleetmend.protocol.message.PutCommandOutputResponse;
import dev.fleetmend.protocol.message.RegisterManagedInstanceRequest;
import dev.fleetmend.protocol.message.RegisterManagedInstanceResponse;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;
import dev.fleetmend.protocol.message.SendReplyRequest;
import dev.fleetmend.protocol.message.SendReplyResponse;
import dev.fleetmend.protocol.message.UpdateManagedInstancePublicKeyRequest;
import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.SignableRequest;
import dev.fleetmend.protocol.sign.SignatureCheck;
import dev.fleetmend.protocol.sign.SignatureRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The agent's protocol from the server's side, with the troubles that a test asks for. */
final class FakeServer implements AutoCloseable {
  static final String ID = "mi-0123456789abcdef0";
  static final String REGION = "us-east-1";
  private static final String SECRET = "a secret";

  /** One call as it was made. */
  record Seen(String operation, String text) {
    byte[] body() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  final List<Seen> calls = new CopyOnWriteArrayList<>();
  final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  final AtomicInteger polls = new AtomicInteger();

  /** Documents by name, as JSON text. */
  final Map<String, String> documents = new ConcurrentHashMap<>();

  /** Operations that are answered with a 503, or by a cut connection. */
  final Set<String> down = ConcurrentHashMap.newKeySet();

  final Set<String> cut = ConcurrentHashMap.newKeySet();

  /** Operations that are carried out, and whose answers get lost. */
  final Set<String> lost = ConcurrentHashMap.newKeySet();

  volatile long tokenSeconds = 3600;
  volatile String accessKeyId = "ASIA1";
  volatile @Nullable PublicKey nodeKey;

  /** A key that the node has announced and not used yet. */
  volatile @Nullable PublicKey announced;

  /** Whether the node is told to change its key. */
  volatile boolean updateKeyPair;

  private final RecordJson pascal = new RecordJson(Naming.PASCAL);
  private final RecordJson camel = new RecordJson(Naming.CAMEL);
  private HttpServer http;

  FakeServer() throws IOException {
    http = start(0);
  }

  private HttpServer start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
  }

  /** Nothing listens until {@link #comeBack}. */
  int goAway() {
    int port = http.getAddress().getPort();
    http.stop(0);
    return port;
  }

  void comeBack(int port) throws IOException {
    http = start(port);
  }

  List<Seen> calls(String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).toList();
  }

  List<SendReplyRequest> sentReplies() {
    return calls("SendReply").stream()
        .map(call -> pascal.read(call.body(), SendReplyRequest.class))
        .toList();
  }

  List<CommandReply> replies() {
    return sentReplies().stream()
        .map(
            reply ->
                camel.read(reply.payload().getBytes(StandardCharsets.UTF_8), CommandReply.class))
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation = target.substring(target.indexOf('.') + 1);
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (cut.contains(operation)) {
      calls.add(new Seen(operation, new String(body, StandardCharsets.UTF_8)));
      exchange.close();
      return;
    }
    if (down.contains(operation)) {
      answer(exchange, 503, "{\"__type\":\"ServiceUnavailable\",\"message\":\"down\"}");
      return;
    }
    try {
      if (!operation.equals("RegisterManagedInstance")) {
        verify(exchange, operation, body);
      }
    } catch (SignatureRefusedException e) {
      answer(
          exchange,
          400,
          "{\"__type\":\"" + e.code() + "\",\"message\":\"" + e.getMessage() + "\"}");
      return;
    }
    calls.add(new Seen(operation, new String(body, StandardCharsets.UTF_8)));
    Record response = respond(operation, body);
    if (lost.contains(operation)) {
      exchange.close();
      return;
    }
    answer(exchange, 200, new String(pascal.write(response), StandardCharsets.UTF_8));
  }

  private void verify(HttpExchange exchange, String operation, byte[] body)
      throws SignatureRefusedException {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    SignableRequest request =
        new SignableRequest("POST", "/", null, headers, Digests.sha256Hex(body));
    Authorization authorization = Authorization.parse(request.header("authorization"));
    String target = String.valueOf(request.header("x-amz-target"));
    String service = target.startsWith("EC2") ? "ec2messages" : "ssm";
    SignatureCheck check = new SignatureCheck(REGION, service, Clock.systemUTC());
    if (operation.equals("RequestManagedInstanceRoleToken")
        || operation.equals("UpdateManagedInstancePublicKey")) {
      verifyByKey(check, request, authorization);
    } else if (authorization.accessKeyId().equals(accessKeyId)) {
      check.verify(request, authorization, SECRET);
    } else {
      throw new SignatureRefusedException("UnrecognizedClientException", "token is invalid");
    }
  }

  private void verifyByKey(
      SignatureCheck check, SignableRequest request, Authorization authorization)
      throws SignatureRefusedException {
    try {
      check.verify(request, authorization, Objects.requireNonNull(nodeKey));
    } catch (SignatureRefusedException e) {
      if (announced == null) {
        throw e;
      }
      check.verify(request, authorization, announced);
      nodeKey = announced;
      announced = null;
      updateKeyPair = false;
    }
  }

  private Record respond(String operation, byte[] body) {
    return switch (operation) {
      case "RegisterManagedInstance" -> {
        nodeKey = key(pascal.read(body, RegisterManagedInstanceRequest.class).publicKey());
        yield new RegisterManagedInstanceResponse(ID);
      }
      case "RequestManagedInstanceRoleToken" ->
          new RequestManagedInstanceRoleTokenResponse(
              accessKeyId,
              SECRET,
              "token",
              Clock.systemUTC().instant().getEpochSecond() + tokenSeconds,
              updateKeyPair);
      case "UpdateManagedInstancePublicKey" -> {
        announced =
            key(pascal.read(body, UpdateManagedInstancePublicKeyRequest.class).newPublicKey());
        yield new Empty();
      }
      case "GetMessages" -> poll(pascal.read(body, GetMessagesRequest.class));
      case "PutCommandOutput" -> output(pascal.read(body, PutCommandOutputRequest.class));
      case "GetDocument" -> document(pascal.read(body, GetDocumentRequest.class));
      case "SendReply" -> new SendReplyResponse("", "", "Queued", "");
      default -> new Empty();
    };
  }

  private PutCommandOutputResponse output(PutCommandOutputRequest request) {
    byte[] piece = Base64.getDecoder().decode(request.content());
    return new PutCommandOutputResponse(request.offset() + piece.length, request.last());
  }

  private GetDocumentResponse document(GetDocumentRequest request) {
    String content = documents.getOrDefault(request.name(), "{}");
    return new GetDocumentResponse(request.name(), "1", "Command", content);
  }

  private GetMessagesResponse poll(GetMessagesRequest request) {
    polls.incrementAndGet();
    try {
      Message message = messages.poll(2, TimeUnit.SECONDS);
      return new GetMessagesResponse(
          request.destination(),
          request.messagesRequestId(),
          message == null ? List.of() : List.of(message));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      polls.decrementAndGet();
    }
  }

  private static PublicKey key(String base64) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}

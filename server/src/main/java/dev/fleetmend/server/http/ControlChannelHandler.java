package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.frame.CreateControlChannelRequest;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.protocol.sign.SignatureRefusedException;
import dev.fleetmend.server.access.Authenticator;
import dev.fleetmend.server.operation.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * {@code /v1/control-channel/<instance id>}: by POST a token for a channel, answered with XML, and
 * by GET the channel itself, a web socket. An answer that names AccessDeniedException sends the
 * stock agent back to its long polls; after any other refusal it tries again.
 */
final class ControlChannelHandler {
  static final String PATH = "/v1/control-channel/";

  private static final int BODY_LIMIT = 64 << 10;
  private static final int TEXT_LIMIT = 16 << 10;

  /** Agents send at most 120,000 bytes in a frame. */
  private static final int BINARY_LIMIT = 512 << 10;

  /** Agents ping every 54 seconds. */
  private static final Duration IDLE = Duration.ofMinutes(3);

  private final Authenticator authenticator;
  private final ControlChannels channels;
  private final Failures failures;
  private final ServerWebSocketContainer sockets;
  private final Executor executor;
  private final RecordJson json = new RecordJson(Naming.PASCAL);

  /**
   * @param executor runs what a node has sent, which may wait for the database
   */
  ControlChannelHandler(
      Server jetty,
      Authenticator authenticator,
      ControlChannels channels,
      Failures failures,
      Executor executor) {
    this.authenticator = authenticator;
    this.channels = channels;
    this.failures = failures;
    this.executor = executor;
    this.sockets = ServerWebSocketContainer.ensure(jetty);
    sockets.setIdleTimeout(IDLE);
    sockets.setMaxBinaryMessageSize(BINARY_LIMIT);
    sockets.setMaxTextMessageSize(TEXT_LIMIT);
  }

  void handle(String path, Request request, Response response, Callback callback)
      throws IOException {
    String requestId = UUID.randomUUID().toString();
    response.getHeaders().put("x-amzn-RequestId", requestId);
    try {
      String node = path.substring(PATH.length());
      if (HttpMethod.POST.is(request.getMethod())) {
        create(node, request, response, callback);
      } else if (HttpMethod.GET.is(request.getMethod())) {
        upgrade(node, request, response, callback);
      } else {
        throw ApiException.of(
            "MethodNotAllowed",
            HttpStatus.METHOD_NOT_ALLOWED_405,
            "A control channel is created with POST and opened with GET.");
      }
    } catch (RuntimeException e) {
      Failures.Failure failure = failures.failure(e, "ssmmessages", requestId);
      xml(response, callback, failure.status(), failure.code(), failure.message());
    }
  }

  private void create(String node, Request request, Response response, Callback callback)
      throws IOException {
    byte[] body = Incoming.body(request, BODY_LIMIT);
    requireNode(node, request, body);
    try {
      json.read(body, CreateControlChannelRequest.class);
    } catch (MalformedJsonException e) {
      throw new ApiException("SerializationException", String.valueOf(e.getMessage()));
    }
    response.setStatus(HttpStatus.CREATED_201);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
    Content.Sink.write(
        response,
        true,
        "<CreateControlChannelResponse><MessageSchemaVersion>1.0</MessageSchemaVersion>"
            + "<TokenValue>"
            + channels.createToken(node)
            + "</TokenValue></CreateControlChannelResponse>",
        callback);
  }

  private void upgrade(String node, Request request, Response response, Callback callback) {
    requireNode(node, request, new byte[0]);
    if (!sockets.upgrade(
        (upgrade, answer, done) -> new ControlSocket(node, channels, executor),
        request,
        response,
        callback)) {
      throw ApiException.of(
          "UpgradeRequired",
          HttpStatus.UPGRADE_REQUIRED_426,
          "A control channel is a web socket; the request does not ask for one.");
    }
  }

  private void requireNode(String node, Request request, byte[] body) {
    try {
      Caller caller =
          authenticator.authenticateChannel(
              Incoming.signable(request, body),
              Authorization.parse(request.getHeaders().get(HttpHeader.AUTHORIZATION)));
      if (!(caller instanceof Caller.Node proven && proven.instanceId().equals(node))) {
        throw ApiException.of(
            "AccessDeniedException",
            HttpStatus.FORBIDDEN_403,
            "A node may open only its own control channel.");
      }
    } catch (SignatureRefusedException e) {
      throw Authenticator.refused(e);
    }
  }

  private static void xml(
      Response response, Callback callback, int status, String code, String message) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
    Content.Sink.write(
        response,
        true,
        "<" + code + "><message>" + escaped(message) + "</message></" + code + ">",
        callback);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

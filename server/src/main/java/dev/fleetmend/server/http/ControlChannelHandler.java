package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.frame.CreateControlChannelRequest;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.protocol.sign.SignatureRefusedException;
import dev.fleetmend.server.access.Authenticator;
import dev.fleetmend.server.audit.Origin;
import dev.fleetmend.server.operation.Caller;
import java.io.IOException;
import java.time.Duration;
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

  private static final String CREATE = "SsmMessages.CreateControlChannel";
  private static final String OPEN = "SsmMessages.OpenControlChannel";
  private static final int BODY_LIMIT = 64 << 10;
  private static final int TEXT_LIMIT = 16 << 10;

  /** Agents send at most 120,000 bytes in a frame. */
  private static final int BINARY_LIMIT = 512 << 10;

  /** Agents ping every 54 seconds. */
  private static final Duration IDLE = Duration.ofMinutes(3);

  private final Authenticator authenticator;
  private final ControlChannels channels;
  private final Failures failures;
  private final Refusals refusals;
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
      Refusals refusals,
      Executor executor) {
    this.authenticator = authenticator;
    this.channels = channels;
    this.failures = failures;
    this.refusals = refusals;
    this.executor = executor;
    this.sockets = ServerWebSocketContainer.ensure(jetty);
    sockets.setIdleTimeout(IDLE);
    sockets.setMaxBinaryMessageSize(BINARY_LIMIT);
    sockets.setMaxTextMessageSize(TEXT_LIMIT);
  }

  void handle(String path, Request request, Response response, Callback callback)
      throws IOException {
    Origin origin = Incoming.origin(request);
    response.getHeaders().put("x-amzn-RequestId", origin.requestId());
    try {
      String node = path.substring(PATH.length());
      if (HttpMethod.POST.is(request.getMethod())) {
        create(node, origin, request, response, callback);
      } else if (HttpMethod.GET.is(request.getMethod())) {
        upgrade(node, origin, request, response, callback);
      } else {
        throw ApiException.of(
            "MethodNotAllowed",
            HttpStatus.METHOD_NOT_ALLOWED_405,
            "A control channel is created with POST and opened with GET.");
      }
    } catch (RuntimeException e) {
      Failures.Failure failure = failures.failure(e, "ssmmessages", origin.requestId());
      xml(response, callback, failure.status(), failure.code(), failure.message());
    }
  }

  private void create(
      String node, Origin origin, Request request, Response response, Callback callback)
      throws IOException {
    byte[] body = Incoming.body(request, BODY_LIMIT);
    requireNode(node, CREATE, origin, request, body);
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

  private void upgrade(
      String node, Origin origin, Request request, Response response, Callback callback) {
    requireNode(node, OPEN, origin, request, new byte[0]);
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

  private void requireNode(
      String node, String target, Origin origin, Request request, byte[] body) {
    Caller caller = caller(target, origin, request, body);
    if (!(caller instanceof Caller.Node proven && proven.instanceId().equals(node))) {
      ApiException refusal = refusals.foreign(caller, target, node, origin);
      throw ApiException.of(refusal.code(), HttpStatus.FORBIDDEN_403, refusal.text());
    }
  }

  private Caller caller(String target, Origin origin, Request request, byte[] body) {
    Authorization claimed = null;
    try {
      claimed = Authorization.parse(request.getHeaders().get(HttpHeader.AUTHORIZATION));
      return authenticator.authenticateChannel(Incoming.signable(request, body), claimed);
    } catch (SignatureRefusedException e) {
      ApiException refused = Authenticator.refused(e);
      refusals.unproven(refused, target, claimed, origin);
      throw refused;
    } catch (ApiException e) {
      refusals.unproven(e, target, claimed, origin);
      throw e;
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

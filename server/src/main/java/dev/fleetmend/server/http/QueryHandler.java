package dev.fleetmend.server.http;

import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.protocol.sign.SignatureRefusedException;
import dev.fleetmend.server.access.Authenticator;
import dev.fleetmend.server.operation.Caller;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers POST of forms: AWS's query protocol, signed. */
final class QueryHandler {
  private static final int LIMIT = 64 << 10;

  private final Authenticator authenticator;
  private final Dispatcher dispatcher;
  private final QueryProtocol protocol = new QueryProtocol();

  QueryHandler(Authenticator authenticator, Dispatcher dispatcher) {
    this.authenticator = authenticator;
    this.dispatcher = dispatcher;
  }

  static boolean speaks(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(QueryProtocol.FORM);
  }

  void handle(Request request, Response response, Callback callback) throws IOException {
    String requestId = UUID.randomUUID().toString();
    answer(request, requestId)
        .thenAccept(
            answer -> ApiHandler.write(answer, QueryProtocol.XML, requestId, response, callback))
        .exceptionally(
            failure -> {
              callback.failed(failure);
              return null;
            });
  }

  private CompletionStage<Answer> answer(Request request, String requestId) throws IOException {
    String target = protocol.target(Map.of());
    try {
      Authorization authorization =
          Authorization.parse(request.getHeaders().get(HttpHeader.AUTHORIZATION));
      byte[] body = Incoming.body(request, LIMIT);
      Map<String, String> fields = protocol.fields(body);
      target = protocol.target(fields);
      Caller caller =
          authenticator.authenticate(Incoming.signable(request, body), authorization, target);
      String asked = target;
      return dispatcher
          .dispatch(asked, caller, protocol.request(fields), requestId)
          .thenApply(answer -> protocol.xml(answer, asked, requestId));
    } catch (SignatureRefusedException e) {
      return failed(Authenticator.refused(e), target, requestId);
    } catch (RuntimeException e) {
      return failed(e, target, requestId);
    }
  }

  private CompletionStage<Answer> failed(RuntimeException e, String target, String requestId) {
    return CompletableFuture.completedStage(
        protocol.xml(dispatcher.failed(e, target, requestId), target, requestId));
  }
}

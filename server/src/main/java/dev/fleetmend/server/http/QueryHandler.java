package dev.fleetmend.server.http;

import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.protocol.sign.SignatureRefusedException;
import dev.fleetmend.server.access.Authenticator;
import dev.fleetmend.server.audit.Origin;
import dev.fleetmend.server.operation.Caller;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

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
    Origin origin = Incoming.origin(request);
    answer(request, origin)
        .thenAccept(
            answer ->
                ApiHandler.write(answer, QueryProtocol.XML, origin.requestId(), response, callback))
        .exceptionally(
            failure -> {
              callback.failed(failure);
              return null;
            });
  }

  private CompletionStage<Answer> answer(Request request, Origin origin) throws IOException {
    String target = protocol.target(Map.of());
    Authorization authorization = null;
    try {
      authorization = Authorization.parse(request.getHeaders().get(HttpHeader.AUTHORIZATION));
      byte[] body = Incoming.body(request, LIMIT);
      Map<String, String> fields = protocol.fields(body);
      target = protocol.target(fields);
      Caller caller =
          authenticator.authenticate(Incoming.signable(request, body), authorization, target);
      String asked = target;
      return dispatcher
          .dispatch(asked, caller, protocol.request(fields), origin)
          .thenApply(answer -> protocol.xml(answer, asked, origin.requestId()));
    } catch (SignatureRefusedException e) {
      return refused(Authenticator.refused(e), target, authorization, origin);
    } catch (RuntimeException e) {
      return refused(e, target, authorization, origin);
    }
  }

  private CompletionStage<Answer> refused(
      RuntimeException e, String target, @Nullable Authorization claimed, Origin origin) {
    return CompletableFuture.completedStage(
        protocol.xml(
            dispatcher.refusals().answer(e, target, claimed, origin), target, origin.requestId()));
  }
}

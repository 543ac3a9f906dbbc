package dev.fleetmend.server.http;

import dev.fleetmend.protocol.sign.Authorization;
import dev.fleetmend.protocol.sign.SignatureRefusedException;
import dev.fleetmend.server.access.Authenticator;
import dev.fleetmend.server.audit.Origin;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operation;
import dev.fleetmend.server.operation.Operations;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers POST: AWS JSON 1.1, signed. */
final class ApiHandler {
  private static final int LIMIT = 16 << 20;
  private static final int FACTS_LIMIT = 64 << 20;
  private static final int UNSIGNED_LIMIT = 64 << 10;
  private static final int MAX_TARGET = 200;
  private static final String JSON = "application/x-amz-json-1.1";

  private final Operations operations;
  private final Authenticator authenticator;
  private final Dispatcher dispatcher;
  private final Duration hold;

  /**
   * Answers for some operations.
   *
   * @param hold how long an agent that polls waits for an error, lest it hammers
   */
  ApiHandler(
      Operations operations, Authenticator authenticator, Dispatcher dispatcher, Duration hold) {
    this.operations = operations;
    this.authenticator = authenticator;
    this.dispatcher = dispatcher;
    this.hold = hold;
  }

  void handle(Request request, Response response, Callback callback) throws IOException {
    Origin origin = Incoming.origin(request);
    String header = request.getHeaders().get("X-Amz-Target");
    String target = header == null || header.length() > MAX_TARGET ? "" : header;
    answer(request, target, origin)
        .thenCompose(answer -> held(answer, target))
        .thenAccept(answer -> write(answer, JSON, origin.requestId(), response, callback))
        .exceptionally(
            failure -> {
              callback.failed(failure);
              return null;
            });
  }

  private CompletionStage<Answer> answer(Request request, String target, Origin origin)
      throws IOException {
    Authorization authorization = null;
    try {
      boolean unsigned = unsigned(request, target);
      // A header that cannot be verified is refused before a large body is read.
      authorization =
          unsigned ? null : Authorization.parse(request.getHeaders().get(HttpHeader.AUTHORIZATION));
      byte[] body = Incoming.body(request, unsigned ? UNSIGNED_LIMIT : limit(target));
      Caller caller =
          authorization == null
              ? new Caller.Anonymous()
              : authenticator.authenticate(Incoming.signable(request, body), authorization, target);
      return ReachedBy.during(request, () -> dispatcher.dispatch(target, caller, body, origin));
    } catch (SignatureRefusedException e) {
      return refused(Authenticator.refused(e), target, authorization, origin);
    } catch (RuntimeException e) {
      return refused(e, target, authorization, origin);
    }
  }

  private CompletionStage<Answer> refused(
      RuntimeException e, String target, @Nullable Authorization claimed, Origin origin) {
    return CompletableFuture.completedStage(
        dispatcher.refusals().answer(e, target, claimed, origin));
  }

  private boolean unsigned(Request request, String target) {
    Operation operation = operations.find(target);
    return operation != null
        && operation.access().anyone()
        && !request.getHeaders().contains(HttpHeader.AUTHORIZATION);
  }

  private static int limit(String target) {
    return target.equals("Fleetmend.ReportFacts") ? FACTS_LIMIT : LIMIT;
  }

  private CompletionStage<Answer> held(Answer answer, String target) {
    if (!answer.isError() || !target.endsWith(".GetMessages")) {
      return CompletableFuture.completedStage(answer);
    }
    return CompletableFuture.supplyAsync(
        () -> answer, CompletableFuture.delayedExecutor(hold.toMillis(), TimeUnit.MILLISECONDS));
  }

  static void write(
      Answer answer, String contentType, String requestId, Response response, Callback callback) {
    response.setStatus(answer.status());
    response.getHeaders().put("x-amzn-RequestId", requestId);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().remaining());
    response.write(true, answer.body(), callback);
  }
}

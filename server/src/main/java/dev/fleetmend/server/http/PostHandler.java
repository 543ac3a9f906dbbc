package dev.fleetmend.server.http;

import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers POST to the paths that take a token instead of a signature. */
final class PostHandler {
  private static final String JSON = "application/x-amz-json-1.1";
  private final Failures failures;

  PostHandler(Failures failures) {
    this.failures = failures;
  }

  void handle(PostRoute route, Request request, Response response, Callback callback)
      throws IOException {
    String requestId = UUID.randomUUID().toString();
    ApiHandler.write(answer(route, request, requestId), JSON, requestId, response, callback);
  }

  private Answer answer(PostRoute route, Request request, String requestId) throws IOException {
    try {
      String token =
          Objects.requireNonNullElse(request.getHeaders().get(PostRoute.TOKEN_HEADER), "");
      PostRoute.Admitted admitted = route.admit(token);
      return Answer.ok(admitted.take(Incoming.body(request, admitted.limit())));
    } catch (RuntimeException | StackOverflowError e) {
      return failures.answer(e, "", requestId);
    }
  }
}

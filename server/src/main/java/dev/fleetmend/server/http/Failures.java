package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.store.Store;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as the caller is told: what it did itself in full, ours without its insides. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int UNAVAILABLE = 503;
  private static final int INTERNAL = 500;

  private final OperationCodec codec;

  Failures(OperationCodec codec) {
    this.codec = codec;
  }

  /** What the caller is told. */
  record Failure(int status, String code, String message) {}

  Answer answer(Throwable cause, String target, String requestId) {
    return answer(failure(cause, target, requestId));
  }

  Answer answer(Failure failure) {
    return new Answer(
        failure.status(), ByteBuffer.wrap(codec.error(failure.code(), failure.message())));
  }

  Failure failure(Throwable failure, String target, String requestId) {
    Throwable cause =
        failure instanceof CompletionException wrapper && wrapper.getCause() != null
            ? wrapper.getCause()
            : failure;
    if (cause instanceof ApiException refusal) {
      return new Failure(refusal.status(), refusal.code(), refusal.text());
    }
    if (Store.isOutage(cause)) {
      LOG.error("{} of {} found no database", requestId, target, cause);
      return new Failure(
          UNAVAILABLE,
          "ServiceUnavailable",
          "The server cannot reach its database. Nothing was done; try again. Request id "
              + requestId
              + ".");
    }
    LOG.error("{} of {} failed", requestId, target, cause);
    return new Failure(
        INTERNAL,
        "InternalServerError",
        "An error occurred on the server side. Its log names request id " + requestId + ".");
  }
}

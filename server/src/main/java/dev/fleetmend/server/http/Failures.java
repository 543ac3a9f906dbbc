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

  Answer answer(Throwable failure, String target, String requestId) {
    Throwable cause =
        failure instanceof CompletionException wrapper && wrapper.getCause() != null
            ? wrapper.getCause()
            : failure;
    if (cause instanceof ApiException refusal) {
      return answer(refusal.status(), refusal.code(), refusal.text());
    }
    if (Store.isOutage(cause)) {
      LOG.error("{} of {} found no database", requestId, target, cause);
      return answer(
          UNAVAILABLE,
          "ServiceUnavailable",
          "The server cannot reach its database. Nothing was done; try again. Request id "
              + requestId
              + ".");
    }
    LOG.error("{} of {} failed", requestId, target, cause);
    return answer(
        INTERNAL,
        "InternalServerError",
        "An error occurred on the server side. Its log names request id " + requestId + ".");
  }

  private Answer answer(int status, String code, String message) {
    return new Answer(status, ByteBuffer.wrap(codec.error(code, message)));
  }
}

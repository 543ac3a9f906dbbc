package dev.fleetmend.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Client tokens: the same token with the same request gives the first result again and creates
 * nothing; with another request it is refused. Tokens are kept for a day.
 */
public final class Idempotency {
  private static final Duration KEPT = Duration.ofDays(1);
  private final Clock clock;

  public Idempotency(Clock clock) {
    this.clock = clock;
  }

  /**
   * The id of what a request creates, made once a token.
   *
   * @param request the request without its token, in a form that is equal for equal requests
   * @param create makes the thing in the same transaction and gives its id
   * @throws ApiException IdempotentParameterMismatch when the token came with another request
   */
  public String once(
      Handle tx,
      String operation,
      @Nullable String clientToken,
      Object request,
      Supplier<String> create) {
    if (clientToken == null) {
      return create.get();
    }
    long now = clock.millis();
    tx.createUpdate("DELETE FROM client_token WHERE created_at < :old")
        .bind("old", now - KEPT.toMillis())
        .execute();
    String hash = hash(request.toString());
    Optional<Seen> seen =
        tx.createQuery(
                "SELECT request_hash, result FROM client_token"
                    + " WHERE operation = :operation AND token = :token")
            .bind("operation", operation)
            .bind("token", clientToken)
            .map((row, context) -> new Seen(row.getString(1), row.getString(2)))
            .findOne();
    if (seen.isPresent()) {
      if (!seen.get().requestHash().equals(hash)) {
        throw new ApiException(
            "IdempotentParameterMismatch",
            "The client token was already used with other parameters.");
      }
      return seen.get().result();
    }
    String result = create.get();
    tx.createUpdate(
            "INSERT INTO client_token (operation, token, request_hash, result, created_at)"
                + " VALUES (:operation, :token, :hash, :result, :now)")
        .bind("operation", operation)
        .bind("token", clientToken)
        .bind("hash", hash)
        .bind("result", result)
        .bind("now", now)
        .execute();
    return result;
  }

  private record Seen(String requestHash, String result) {}

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

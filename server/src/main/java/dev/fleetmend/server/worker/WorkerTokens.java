package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The table patch_worker_token. A token is 256 random bits in hex, kept as its SHA-256 only, of one
 * command on one node.
 */
final class WorkerTokens {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  WorkerTokens(Clock clock) {
    this.clock = clock;
  }

  /** What a token is good for, each once. */
  enum Use {
    PLAN("planned"),
    FACTS("reported");

    private final String column;

    Use(String column) {
      this.column = column;
    }
  }

  /** Whose token it is. */
  record Owner(String commandId, String instanceId) {}

  /** A new token; those handed out before for the same command and node stay good. */
  String mint(Handle tx, Owner owner, Instant expiresAt) {
    tx.createUpdate("DELETE FROM patch_worker_token WHERE expires_at <= :now")
        .bind("now", clock.millis())
        .execute();
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    tx.createUpdate(
            "INSERT INTO patch_worker_token"
                + " (hash, command_id, instance_id, expires_at, planned, reported)"
                + " VALUES (:hash, :command, :instance, :until, :planned, :reported)")
        .bind("hash", hash(token))
        .bind("command", owner.commandId())
        .bind("instance", owner.instanceId())
        .bind("until", expiresAt.toEpochMilli())
        .bind("planned", isUsed(tx, owner, Use.PLAN))
        .bind("reported", isUsed(tx, owner, Use.FACTS))
        .execute();
    return token;
  }

  /** Whose a token is that has not been used so yet and has not expired. */
  Optional<Owner> find(Handle db, String token, Use use) {
    if (!SHAPE.matcher(token).matches()) {
      return Optional.empty();
    }
    return db.createQuery(
            "SELECT command_id, instance_id FROM patch_worker_token"
                + " WHERE hash = :hash AND expires_at > :now AND "
                + use.column
                + " = :no")
        .bind("hash", hash(token))
        .bind("now", clock.millis())
        .bind("no", false)
        .map((row, context) -> new Owner(row.getString(1), row.getString(2)))
        .findOne();
  }

  /** Uses a command's tokens up; false where somebody has done so before. */
  boolean use(Handle tx, Owner owner, Use use) {
    return tx.createUpdate(
                "UPDATE patch_worker_token SET "
                    + use.column
                    + " = :yes WHERE command_id = :command AND instance_id = :instance AND "
                    + use.column
                    + " = :no")
            .bind("yes", true)
            .bind("no", false)
            .bind("command", owner.commandId())
            .bind("instance", owner.instanceId())
            .execute()
        > 0;
  }

  private static boolean isUsed(Handle db, Owner owner, Use use) {
    return db.createQuery(
            "SELECT 1 FROM patch_worker_token WHERE command_id = :command"
                + " AND instance_id = :instance AND "
                + use.column
                + " = :yes LIMIT 1")
        .bind("command", owner.commandId())
        .bind("instance", owner.instanceId())
        .bind("yes", true)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package dev.fleetmend.server.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Temporary credentials of nodes. They are derived, not stored: a server that was restarted, or
 * another replica, knows them as well, and agents do not ask again for refused ones.
 */
public final class NodeCredentials {
  private static final String PREFIX = "FMNODE";
  private static final String SECRET = "node-secret";
  private static final String TOKEN = "node-token";
  private static final int ID_BYTES = 7;

  private final MasterKey masterKey;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public NodeCredentials(MasterKey masterKey, Clock clock) {
    this.masterKey = masterKey;
    this.clock = clock;
  }

  /**
   * Credentials as they are handed to a node.
   *
   * @param accessKeyId 20 characters
   * @param secret what the node signs with; never log it
   * @param sessionToken what the node sends along, opaque
   */
  public record Issued(String accessKeyId, String secret, String sessionToken, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[" + accessKeyId + "]";
    }
  }

  /** Whom a session token was issued to. */
  public record Proven(String instanceId, String secret, boolean expired) {
    @Override
    public String toString() {
      return "Proven[" + instanceId + "]";
    }
  }

  /** Issues credentials to a node that has proven itself. */
  public Issued issue(String instanceId, Duration lifetime) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String accessKeyId = PREFIX + HexFormat.of().formatHex(id).toUpperCase(Locale.ROOT);
    Instant expiresAt = clock.instant().plus(lifetime);
    String token = accessKeyId + " " + expiresAt.getEpochSecond() + " " + instanceId;
    return new Issued(
        accessKeyId,
        secret(accessKeyId),
        Base64.getEncoder().encodeToString(masterKey.seal(TOKEN, token)),
        expiresAt);
  }

  /** Whether an access key id is one of a node. */
  public boolean isNodeKey(String accessKeyId) {
    return accessKeyId.startsWith(PREFIX);
  }

  /**
   * What a node's access key id and session token prove, once the request's signature is found to
   * be made with {@code secret}. Nothing where the token is none of ours, or of another id.
   */
  public Optional<Proven> prove(String accessKeyId, String sessionToken) {
    byte[] sealed;
    try {
      sealed = Base64.getDecoder().decode(sessionToken);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return masterKey
        .open(TOKEN, sealed)
        .map(token -> token.split(" ", 3))
        .filter(parts -> parts.length == 3 && parts[0].equals(accessKeyId))
        .map(
            parts ->
                new Proven(
                    parts[2],
                    secret(accessKeyId),
                    clock.instant().getEpochSecond() >= Long.parseLong(parts[1])));
  }

  private String secret(String accessKeyId) {
    return Base64.getEncoder().encodeToString(masterKey.derive(SECRET, accessKeyId));
  }
}

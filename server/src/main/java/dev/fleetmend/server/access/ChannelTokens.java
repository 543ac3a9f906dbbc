package dev.fleetmend.server.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * Tokens that open control channels. They are sealed, not stored: the replica that takes the socket
 * need not be the one that gave the token.
 */
public final class ChannelTokens {
  private static final String PURPOSE = "control-channel";

  /** Agents ask for a new one each time they connect, and connect at once. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final MasterKey masterKey;
  private final Clock clock;

  public ChannelTokens(MasterKey masterKey, Clock clock) {
    this.masterKey = masterKey;
    this.clock = clock;
  }

  /** A token for a node that has proven itself; good for five minutes. */
  public String issue(String instanceId) {
    long until = clock.instant().plus(LIFE).getEpochSecond();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(masterKey.seal(PURPOSE, until + " " + instanceId));
  }

  /** Whether a token was given to that node, and not too long ago. */
  public boolean opens(String instanceId, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return masterKey
        .open(PURPOSE, bytes)
        .map(text -> text.split(" ", 2))
        .filter(parts -> parts[1].equals(instanceId))
        .filter(parts -> clock.instant().getEpochSecond() < Long.parseLong(parts[0]))
        .isPresent();
  }
}

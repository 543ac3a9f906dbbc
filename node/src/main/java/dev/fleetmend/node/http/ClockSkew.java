package dev.fleetmend.node.http;

import dev.fleetmend.node.AgentLog;
import java.time.Clock;
import java.time.Duration;

/** Compares this host's clock with the server's, and says when they are too far apart. */
public final class ClockSkew {
  private static final long WORTH_SAYING = Duration.ofMinutes(5).toMillis();
  private static final long AGAIN_AFTER = Duration.ofHours(1).toMillis();

  private final Clock clock;
  private final AgentLog log;
  private long saidAt;

  public ClockSkew(Clock clock, AgentLog log) {
    this.clock = clock;
    this.log = log;
  }

  synchronized void answered(long serverMillis) {
    long now = clock.millis();
    long ahead = now - serverMillis;
    if (serverMillis == 0
        || Math.abs(ahead) < WORTH_SAYING
        || Math.abs(now - saidAt) < AGAIN_AFTER) {
      return;
    }
    saidAt = now;
    log.warn(
        "This host's clock is "
            + Math.abs(ahead) / 1000
            + " s "
            + (ahead > 0 ? "ahead of" : "behind")
            + " the server's. The server refuses signatures that are 15 minutes off: set the"
            + " host's clock right (for example with chrony or systemd-timesyncd).");
  }
}

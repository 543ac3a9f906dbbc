package dev.fleetmend.node.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses after failures, never the same on two nodes. */
final class Backoff {
  private final long firstMillis;
  private final long mostMillis;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration first, Duration most, RandomGenerator random) {
    this.firstMillis = first.toMillis();
    this.mostMillis = most.toMillis();
    this.random = random;
  }

  /** How long to wait after one more failure: half to all of a time that doubles. */
  Duration failed() {
    long whole = Math.min(mostMillis, firstMillis << Math.min(failures, 20));
    failures++;
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }

  void succeeded() {
    failures = 0;
  }

  /** Whether the failure last told of was the first in a row. */
  boolean firstFailure() {
    return failures == 1;
  }
}

package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.patch.Recovery;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Looks soon after the agent's start, and then once a minute, whether something can be recovered;
 * after a try in vain at growing distances.
 */
final class RecoveryLoop {
  private static final Duration AFTER_THE_START = Duration.ofSeconds(15);
  private static final Duration PACE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** How to wait. */
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  private final Recovery recovery;
  private final Pause pause;
  private final Backoff backoff;
  private final AgentLog log;

  RecoveryLoop(Recovery recovery, Pause pause, RandomGenerator random, AgentLog log) {
    this.recovery = recovery;
    this.pause = pause;
    this.backoff = new Backoff(PACE.multipliedBy(2), LONGEST_PAUSE, random);
    this.log = log;
  }

  /** Looks until the thread is interrupted. */
  void run() throws InterruptedException {
    pause.sleep(AFTER_THE_START);
    while (true) {
      pause.sleep(look());
    }
  }

  /** Looks once, and says how long to wait then. */
  private Duration look() throws InterruptedException {
    try {
      switch (recovery.run()) {
        case MENDED -> log.info("what a transaction had left in the middle is whole");
        case NOTHING -> {}
        case IN_VAIN -> {
          log.warn("what a transaction left in the middle could not be made whole yet");
          return backoff.failed();
        }
      }
    } catch (IOException e) {
      log.warn("recovery did not get to its end, and is tried again", e);
      return backoff.failed();
    }
    backoff.succeeded();
    return PACE;
  }
}

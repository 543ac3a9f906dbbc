package dev.fleetmend.node.agent;

import java.time.Duration;

/**
 * Gives memory back to the host that an agent has no more use for, such as what a scan took. The
 * serial collector enlarges its heap with all that outlives a few polls, and looks through the
 * whole of it only at its limit or when it is told to: 10 ms each time in an idle agent.
 */
final class SpareMemory {
  private static final Duration PACE = Duration.ofMinutes(5);

  /** Gives it back now and then until the thread is interrupted. */
  void run() throws InterruptedException {
    while (true) {
      Thread.sleep(PACE);
      Runtime.getRuntime().gc();
    }
  }
}

package dev.fleetmend.lab;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what the kernel does in its own time and tells nobody about. */
final class Patience {
  private Patience() {}

  static void until(String what, Duration limit, BooleanSupplier happened) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new LabException(what + " did not happen within " + limit);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LabException("interrupted while waiting: " + what, e);
      }
    }
  }
}

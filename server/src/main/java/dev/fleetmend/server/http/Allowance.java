package dev.fleetmend.server.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What one caller may ask for: so many requests a second on average, as many at one stroke after a
 * quiet second, and so many under way at once.
 */
final class Allowance {
  private static final long SECOND = 1_000_000_000;

  private final long nanosEach;
  private final int atOnce;
  private final Semaphore places;

  /** When a caller that had asked at exactly its rate would next ask; nanoseconds of the clock. */
  private long next;

  Allowance(int aSecond, int atOnce, long now) {
    this.nanosEach = Math.max(1, SECOND / aSecond);
    this.atOnce = atOnce;
    this.places = new Semaphore(atOnce, true);
    this.next = now;
  }

  /** Whether one more request is within the rate; it counts where it is. */
  synchronized boolean admit(long now) {
    long from = Math.max(next, now);
    if (from - now > SECOND - nanosEach) {
      return false;
    }
    next = from + nanosEach;
    return true;
  }

  /** Waits, in the order of asking, for others of the caller's requests to end. */
  boolean enter(Duration patience) {
    try {
      return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave() {
    places.release();
  }

  /** Whether it is as if it had just been made. */
  synchronized boolean isFresh(long now) {
    return next <= now && places.availablePermits() == atOnce;
  }
}

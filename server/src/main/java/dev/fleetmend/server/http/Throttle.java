package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.quota.Quotas;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps one caller from having the server to itself: each access key and each node has an {@link
 * Allowance} of its own, and an operation for which AWS publishes a rate has one for all together.
 * Only callers whose signature was proven are counted, so that nobody can use up another's.
 */
final class Throttle {
  static final String CODE = "ThrottlingException";

  /** Operations with a published rate of their own, over all callers. */
  private static final Map<String, Quota> OPERATIONS =
      Map.of("AmazonSSM.GetConnectionStatus", Quota.CONNECTION_STATUSES_PER_SECOND);

  /** For how long a request waits until fewer of the same caller are under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long TIDY_EVERY = Duration.ofSeconds(30).toNanos();

  private final Quotas quotas;
  private final LongSupplier nanos;
  private final Duration patience;
  private final Map<Caller, Allowance> callers = new ConcurrentHashMap<>();
  private final Map<String, Allowance> operations = new ConcurrentHashMap<>();
  private final AtomicLong tidied;

  Throttle(Quotas quotas) {
    this(quotas, System::nanoTime, PATIENCE);
  }

  /**
   * Counts by a clock.
   *
   * @param nanos a clock that never goes back
   */
  Throttle(Quotas quotas, LongSupplier nanos, Duration patience) {
    this.quotas = quotas;
    this.nanos = nanos;
    this.patience = patience;
    this.tidied = new AtomicLong(nanos.getAsLong());
  }

  /**
   * Carries out a request within its caller's allowance.
   *
   * @throws ApiException ThrottlingException where it is over it; then nothing was done
   */
  <T> T during(String target, Caller caller, Supplier<T> work) {
    if (caller instanceof Caller.Anonymous) {
      return work.get();
    }
    long now = nanos.getAsLong();
    tidy(now);
    Allowance allowance = callers.computeIfAbsent(caller, one -> allowance(one, now));
    if (!allowance.admit(now) || !admits(target, now) || !allowance.enter(patience)) {
      throw new ApiException(CODE, "Rate exceeded");
    }
    try {
      return work.get();
    } finally {
      allowance.leave();
    }
  }

  private Allowance allowance(Caller caller, long now) {
    boolean node = caller instanceof Caller.Node;
    return new Allowance(
        quotas.of(node ? Quota.REQUESTS_PER_SECOND_PER_NODE : Quota.REQUESTS_PER_SECOND_PER_KEY),
        quotas.of(node ? Quota.REQUESTS_AT_ONCE_PER_NODE : Quota.REQUESTS_AT_ONCE_PER_KEY),
        now);
  }

  private boolean admits(String target, long now) {
    Quota rate = OPERATIONS.get(target);
    return rate == null
        || operations
            .computeIfAbsent(target, one -> new Allowance(quotas.of(rate), 1, now))
            .admit(now);
  }

  /** Of a fleet that polls only those are kept that asked for something just now. */
  private void tidy(long now) {
    long before = tidied.get();
    if (now - before > TIDY_EVERY && tidied.compareAndSet(before, now)) {
      callers.values().removeIf(allowance -> allowance.isFresh(now));
    }
  }

  /** How many callers are kept. */
  int size() {
    return callers.size();
  }
}

package dev.fleetmend.server.message;

import dev.fleetmend.server.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second for messages that have become ready, and wakes the nodes that wait for them
 * here: what another replica posted, and what was handed out and not acknowledged.
 */
public final class DeliveryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  /**
   * Longer than a commit, or a pause of this process, takes: a node woken for nothing is no harm.
   */
  private static final Duration BACK = Duration.ofMinutes(1);

  private final Store store;
  private final Clock clock;
  private final Mailbox mailbox;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("delivery-watch").daemon().factory());

  public DeliveryWatch(Store store, Clock clock, Mailbox mailbox) {
    this.store = store;
    this.clock = clock;
    this.mailbox = mailbox;
  }

  /** Begins to look, until it is closed. */
  public void start() {
    var _ =
        ticks.scheduleWithFixedDelay(
            this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks once. */
  public void look() {
    if (mailbox.anybodyWaits()) {
      long now = clock.millis();
      store
          .read(db -> mailbox.rows().nodesReadySince(db, now - BACK.toMillis(), now))
          .forEach(mailbox::wake);
    }
  }

  private void tick() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.warn("could not look for messages; trying again in {}", EVERY, e);
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
  }
}

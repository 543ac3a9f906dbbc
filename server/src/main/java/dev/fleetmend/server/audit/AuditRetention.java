package dev.fleetmend.server.audit;

import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.work.Work;
import dev.fleetmend.server.work.WorkKind;
import java.time.Clock;
import java.time.Duration;

/** Forgets what is older than the audit is kept for, once a day. */
final class AuditRetention {
  private static final WorkKind<Forget> KIND = new WorkKind<>("audit.forget", Forget.class);
  private static final Duration EVERY = Duration.ofDays(1);
  private static final int AT_ONCE = 5_000;

  private final Store store;
  private final Work work;
  private final Clock clock;
  private final Duration kept;
  private final AuditRows rows = new AuditRows();

  /**
   * @param kept for how long entries stay
   */
  AuditRetention(Store store, Work work, Clock clock, Duration kept) {
    this.store = store;
    this.work = work;
    this.clock = clock;
    this.kept = kept;
  }

  /** The next time; there is nothing to say of it. */
  record Forget() {}

  void offer() {
    work.on(KIND, this::run);
    // At once, for a server may be started anew more often than once a day.
    store.change(tx -> work.schedule(tx, KIND, "all", new Forget(), clock.instant()));
  }

  private void run(Forget forget) {
    long before = clock.instant().minus(kept).toEpochMilli();
    int deleted;
    do {
      deleted = store.write(tx -> rows.deleteOldest(tx, before, AT_ONCE));
    } while (deleted > 0);
    store.change(tx -> work.schedule(tx, KIND, "all", new Forget(), clock.instant().plus(EVERY)));
  }
}

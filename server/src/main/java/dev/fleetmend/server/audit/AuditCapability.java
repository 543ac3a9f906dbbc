package dev.fleetmend.server.audit;

import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.work.Work;
import java.time.Clock;
import java.time.Duration;

/** Has the audit be read, and forgotten in time. */
public final class AuditCapability {
  private final AuditOperations reading;
  private final AuditRetention retention;

  /**
   * @param kept for how long entries stay
   */
  public AuditCapability(
      Store store, Work work, Operations operations, Clock clock, Duration kept) {
    this.reading = new AuditOperations(store, operations);
    this.retention = new AuditRetention(store, work, clock, kept);
  }

  public void offer() {
    reading.offer();
    retention.offer();
  }
}

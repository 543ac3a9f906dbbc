package dev.fleetmend.server.audit;

import dev.fleetmend.server.operation.Action;
import dev.fleetmend.server.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of changes and refusals. A change is recorded by the first transaction that it makes,
 * so that neither is there without the other; what makes none, before it is answered.
 */
public final class AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final int A_MINUTE_OF_EACH = 20;
  private static final int A_MINUTE_OF_ALL = 1_000;

  private final Store store;
  private final Clock clock;
  private final AuditRows rows = new AuditRows();
  private final RefusalBound bound = new RefusalBound(A_MINUTE_OF_EACH, A_MINUTE_OF_ALL);

  public AuditTrail(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    store.witness(Attempt::witness);
  }

  /** A request that has come; nothing is recorded yet. */
  public Attempt attempt(Who who, Action action, Origin origin) {
    return new Attempt(this, clock.millis(), who, action.toString(), origin);
  }

  /** Records a refusal of somebody whom no signature proved. */
  public void unproven(String claimedId, Action action, Origin origin, String code) {
    attempt(Who.claimed(claimedId), action, origin).refused(code);
  }

  /**
   * Makes a change for whoever owns this machine, in one transaction with its record.
   *
   * @param resource names what was changed
   */
  public <T> T locally(Action action, Function<T, String> resource, Function<Handle, T> change) {
    return store.write(
        tx -> {
          T changed = change.apply(tx);
          rows.insert(
              tx,
              new AuditEntry(
                  clock.millis(),
                  UUID.randomUUID().toString(),
                  Who.LOCAL,
                  action.toString(),
                  List.of(resource.apply(changed)),
                  AuditEntry.SUCCESS,
                  "",
                  0));
          return changed;
        });
  }

  AuditRows rows() {
    return rows;
  }

  Store store() {
    return store;
  }

  /** Records a refusal, unless there were too many; what can't be recorded is logged instead. */
  void refusal(AuditEntry entry, String code) {
    if (entry.who().isBounded()) {
      counted(entry, code);
    } else {
      insert(entry.with(code, 0));
    }
  }

  /** As {@link #refusal}, of which there may be very many whoever it is. */
  void counted(AuditEntry entry, String code) {
    String whose = entry.who().type().equals("claimed") ? entry.source() : entry.who().id();
    bound.admit(whose, entry.at()).ifPresent(before -> insert(entry.with(code, before)));
  }

  private void insert(AuditEntry refused) {
    try {
      store.change(tx -> rows.insert(tx, refused));
    } catch (RuntimeException e) {
      LOG.error("the audit lacks {}", refused, e);
    }
  }
}

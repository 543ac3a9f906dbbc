package dev.fleetmend.server.audit;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way, and what the audit knows of it. */
public final class Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private static final ScopedValue<Attempt> CURRENT = ScopedValue.newInstance();

  private final AuditTrail trail;
  private final long at;
  private final Who who;
  private final String operation;
  private final Origin origin;
  private Supplier<List<String>> resources = List::of;
  private Function<Object, List<String>> made = answer -> List.of();
  private boolean change;
  private volatile boolean recorded;

  Attempt(AuditTrail trail, long at, Who who, String operation, Origin origin) {
    this.trail = trail;
    this.at = at;
    this.who = who;
    this.operation = operation;
    this.origin = origin;
  }

  /** Says that it is to change something: it will be recorded, whatever comes of it. */
  public void changes() {
    change = true;
  }

  /** Says what it is about; asked only where that is recorded. */
  public void about(Supplier<List<String>> named) {
    resources = named;
  }

  /**
   * Says how to read out of an answer what there is now that was not before. A transaction that
   * gives the answer holds the record of it.
   */
  public void makes(Function<Object, List<String>> named) {
    made = named;
  }

  /** Carries it out. The first transaction that this commits holds the record of a change. */
  public <T> T during(Supplier<T> work) {
    return change ? ScopedValue.where(CURRENT, this).call(work::get) : work.get();
  }

  /** Called at the end of every transaction: records the change that it makes. */
  static void witness(Handle tx, @Nullable Object result) {
    if (CURRENT.isBound()) {
      CURRENT.get().record(tx, result);
    }
  }

  private void record(Handle tx, @Nullable Object result) {
    if (!recorded) {
      trail.rows().insert(tx, entry());
      tx.afterCommit(() -> recorded = true);
    }
    if (result != null) {
      trail.rows().addResources(tx, entry(), made.apply(result));
    }
  }

  /** Says that it succeeded, before it is answered. */
  public void done() {
    if (change && !recorded) {
      trail.store().change(tx -> trail.rows().insert(tx, entry()));
    }
  }

  /** Says that it failed; only a change is recorded for that. */
  public void failed(String code) {
    if (recorded) {
      // The change and its record are there; this must not undo the answer.
      try {
        trail.store().change(tx -> trail.rows().setOutcome(tx, entry(), code));
      } catch (RuntimeException e) {
        LOG.error("the audit does not say that {} failed with {}", entry(), code, e);
      }
    } else if (change) {
      refused(code);
    }
  }

  /** Says that it was refused, which is recorded whatever it was. */
  public void refused(String code) {
    trail.refusal(entry(), code);
  }

  /** Says that it came too often; recorded as such refusals of a caller are, up to a number. */
  public void throttled(String code) {
    trail.counted(entry(), code);
  }

  private AuditEntry entry() {
    return new AuditEntry(
        at,
        origin.requestId(),
        who,
        operation,
        resources.get(),
        AuditEntry.SUCCESS,
        origin.source(),
        0);
  }
}

package dev.fleetmend.server.audit;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
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

  /** Carries it out. The first transaction that this commits holds the record of a change. */
  public <T> T during(Supplier<T> work) {
    return change ? ScopedValue.where(CURRENT, this).call(work::get) : work.get();
  }

  /** Called in every transaction: records the change that makes it. */
  static void witness(Handle tx) {
    if (CURRENT.isBound() && !CURRENT.get().recorded) {
      Attempt attempt = CURRENT.get();
      attempt.trail.rows().insert(tx, attempt.entry());
      tx.afterCommit(() -> attempt.recorded = true);
    }
  }

  /**
   * Says that it succeeded, before it is answered.
   *
   * @param made what there is now that was not before
   */
  public void done(List<String> made) {
    if (!change) {
      return;
    }
    if (!recorded) {
      trail
          .store()
          .change(
              tx -> {
                trail.rows().insert(tx, entry());
                trail.rows().addResources(tx, entry(), made);
              });
    } else if (!made.isEmpty()) {
      afterwards("made " + made, tx -> trail.rows().addResources(tx, entry(), made));
    }
  }

  /** Says that it failed; only a change is recorded for that. */
  public void failed(String code) {
    if (recorded) {
      afterwards("failed with " + code, tx -> trail.rows().setOutcome(tx, entry(), code));
    } else if (change) {
      refused(code);
    }
  }

  /** Says that it was refused, which is recorded whatever it was. */
  public void refused(String code) {
    trail.refusal(entry(), code);
  }

  /** The change and its record are there; what is to be added to it must not undo the answer. */
  private void afterwards(String what, Consumer<Handle> addition) {
    try {
      trail.store().change(addition::accept);
    } catch (RuntimeException e) {
      LOG.error("the audit does not say that {} {}", entry(), what, e);
    }
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

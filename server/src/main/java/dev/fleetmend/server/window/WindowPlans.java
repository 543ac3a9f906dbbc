package dev.fleetmend.server.window;

import dev.fleetmend.server.work.Work;
import dev.fleetmend.server.work.WorkKind;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Sees to it that a window's next start is done when it is due. */
final class WindowPlans {
  static final WorkKind<WindowDue> START =
      new WorkKind<>("maintenance-window-start", WindowDue.class);

  private final Work work;

  WindowPlans(Work work) {
    this.work = work;
  }

  /** Schedules the start that the window names, in place of any other. */
  void plan(Handle tx, Window window) {
    Instant next = window.nextStart();
    if (next == null) {
      forget(tx, window.id());
    } else {
      work.schedule(tx, START, window.id(), new WindowDue(window.id(), next.toEpochMilli()), next);
    }
  }

  void forget(Handle tx, String windowId) {
    work.cancel(tx, START, windowId);
  }
}

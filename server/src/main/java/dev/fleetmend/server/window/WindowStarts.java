package dev.fleetmend.server.window;

import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.SKIPPED_OVERLAPPING;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.TIMED_OUT;

import dev.fleetmend.server.window.schedule.Schedule;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Starts windows when they are due, and records every start that the schedule names: one that comes
 * after the cut-off, because no server was running, as TIMED_OUT and without running anything.
 */
final class WindowStarts {
  private final WindowParts parts;
  private final ExecutionTable executions;
  private final ExecutionFlow flow;

  WindowStarts(WindowParts parts, ExecutionTable executions, ExecutionFlow flow) {
    this.parts = parts;
    this.executions = executions;
    this.flow = flow;
  }

  void start(WindowDue due) {
    parts.core().store().change(tx -> start(tx, due));
  }

  private void start(Handle tx, WindowDue due) {
    Window window = parts.windows().lock(tx, due.windowId()).orElse(null);
    Instant start = Instant.ofEpochMilli(due.dueAt());
    if (window == null || !start.equals(window.nextStart())) {
      return;
    }
    Instant forgotten = parts.now().minus(parts.limits().history());
    executions.forget(tx, forgotten);
    open(tx, window, start);
    Instant after = start.isBefore(forgotten) ? forgotten : start;
    Window next = window.starting(window.schedule().following(after).orElse(null));
    parts.windows().put(tx, next);
    parts.plans().plan(tx, next);
  }

  private void open(Handle tx, Window window, Instant start) {
    Instant now = parts.now();
    Instant cutoff = start.plus(window.untilCutoff());
    State begun = State.pending().begun(now);
    State state = State.pending();
    if (!now.isBefore(cutoff)) {
      state =
          State.pending()
              .begun(start)
              .over(
                  TIMED_OUT,
                  "Missed: no server was running between the start at "
                      + Schedule.text(start)
                      + " and the cut-off at "
                      + Schedule.text(cutoff)
                      + ".",
                  now);
    } else if (executions.open(tx, window.id())) {
      state =
          begun.over(
              SKIPPED_OVERLAPPING, "The previous execution of the window is still running.", now);
    }
    String id = parts.core().ids().uuid();
    Execution execution = new Execution(id, window.id(), start, cutoff, state);
    if (executions.insert(tx, execution) && !state.ended()) {
      parts.core().work().schedule(tx, ExecutionFlow.CUTOFF, id, new ExecutionDue(id), cutoff);
      flow.advance(tx, id);
    }
  }
}

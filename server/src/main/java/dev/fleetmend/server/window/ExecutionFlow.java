package dev.fleetmend.server.window;

import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.CANCELLED;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.CANCELLING;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.PENDING;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.SUCCESS;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.TIMED_OUT;

import dev.fleetmend.server.work.WorkKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus;

/**
 * Takes executions forward: one level of priority after the other, equal priorities at once. Called
 * whenever something has happened; called once more it does nothing.
 */
final class ExecutionFlow {
  static final WorkKind<ExecutionDue> ADVANCE =
      new WorkKind<>("maintenance-window-advance", ExecutionDue.class);
  static final WorkKind<ExecutionDue> CUTOFF =
      new WorkKind<>("maintenance-window-cutoff", ExecutionDue.class);

  private final WindowParts parts;
  private final ExecutionTable executions;
  private final TaskExecutionTable tasks;
  private final TaskFlow flow;

  ExecutionFlow(
      WindowParts parts, ExecutionTable executions, TaskExecutionTable tasks, TaskFlow flow) {
    this.parts = parts;
    this.executions = executions;
    this.tasks = tasks;
    this.flow = flow;
  }

  void advance(ExecutionDue due) {
    parts.core().store().change(tx -> advance(tx, due.executionId()));
  }

  void advance(Handle tx, String executionId) {
    Execution execution = executions.lock(tx, executionId).orElse(null);
    if (execution == null || execution.state().ended()) {
      return;
    }
    if (execution.state().is(PENDING)) {
      State begun = begin(tx, execution);
      executions.state(tx, executionId, begun);
      if (begun.ended() || begun.is(PENDING)) {
        return;
      }
      execution =
          new Execution(
              executionId, execution.windowId(), execution.dueAt(), execution.cutoffAt(), begun);
    }
    List<State> ends = step(tx, execution);
    if (ends != null) {
      finish(tx, execution, ends);
    }
  }

  private State begin(Handle tx, Execution execution) {
    Instant now = parts.now();
    if (!now.isBefore(execution.cutoffAt())) {
      return execution
          .state()
          .over(TIMED_OUT, "Too many maintenance windows were running until the cut-off.", now);
    }
    executions.lockGate(tx);
    if (executions.running(tx) >= parts.limits().running()) {
      return execution.state();
    }
    List<GetMaintenanceWindowTaskResponse> order =
        parts.tasks().of(tx, execution.windowId()).stream()
            .map(RegisteredTable.Registered::document)
            .sorted(Comparator.comparing(GetMaintenanceWindowTaskResponse::priority))
            .toList();
    for (int i = 0; i < order.size(); i++) {
      String id = parts.core().ids().uuid();
      tasks.insert(tx, new TaskExecution(id, execution.id(), i, order.get(i), State.pending()));
    }
    return execution.state().begun(now);
  }

  /** How its tasks ended, or null where one has not. */
  private @Nullable List<State> step(Handle tx, Execution execution) {
    MaintenanceWindowExecutionStatus closed = closed(execution);
    List<State> ends = new ArrayList<>();
    boolean all = true;
    int level = Integer.MAX_VALUE;
    for (TaskExecution task : tasks.of(tx, execution.id())) {
      if (closed == null && task.task().priority() > level) {
        break;
      }
      State state = flow.step(tx, execution, task, closed);
      if (!state.ended()) {
        all = false;
        level = task.task().priority();
      }
      ends.add(state);
    }
    return all ? ends : null;
  }

  private @Nullable MaintenanceWindowExecutionStatus closed(Execution execution) {
    if (execution.state().is(CANCELLING)) {
      return CANCELLED;
    }
    return parts.now().isBefore(execution.cutoffAt()) ? null : TIMED_OUT;
  }

  private void finish(Handle tx, Execution execution, List<State> ends) {
    Instant now = parts.now();
    State state = execution.state();
    State end = state.is(CANCELLING) ? state.over(CANCELLED, null, now) : state.over(ends, now);
    if (end.is(SUCCESS)) {
      end = state.over(SUCCESS, null, now);
    }
    executions.lockGate(tx);
    executions.state(tx, execution.id(), end);
    parts.core().work().cancel(tx, CUTOFF, execution.id());
    executions
        .nextWaiting(tx)
        .ifPresent(id -> parts.core().work().schedule(tx, ADVANCE, id, new ExecutionDue(id), now));
  }
}

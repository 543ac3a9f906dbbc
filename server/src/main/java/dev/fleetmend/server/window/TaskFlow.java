package dev.fleetmend.server.window;

import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.PENDING;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.Target;

/** Takes a task of an execution from target to target. */
final class TaskFlow {
  private final WindowParts parts;
  private final TaskExecutionTable tasks;
  private final InvocationTable invocations;
  private final InvocationFlow flow;

  TaskFlow(
      WindowParts parts,
      TaskExecutionTable tasks,
      InvocationTable invocations,
      InvocationFlow flow) {
    this.parts = parts;
    this.tasks = tasks;
    this.invocations = invocations;
    this.flow = flow;
  }

  /**
   * Takes a task as far as it goes now.
   *
   * @param closed how what has not started ends, or null while more may start
   */
  State step(
      Handle tx,
      Execution execution,
      TaskExecution task,
      @Nullable MaintenanceWindowExecutionStatus closed) {
    State state = task.state();
    if (state.ended()) {
      return state;
    }
    if (state.is(PENDING)) {
      if (closed != null) {
        return save(tx, task, state.over(closed, null, parts.now()));
      }
      state = save(tx, task, state.begun(parts.now()));
      invocationsOf(tx, task, execution.windowId()).forEach(i -> invocations.put(tx, i));
    }
    List<State> ends = new ArrayList<>();
    for (Invocation invocation : invocations.of(tx, task.id())) {
      State end = flow.step(tx, execution, task, invocation, closed);
      if (!end.ended()) {
        return state;
      }
      ends.add(end);
    }
    return save(tx, task, state.over(ends, parts.now()));
  }

  private State save(Handle tx, TaskExecution task, State state) {
    tasks.state(tx, task.id(), state);
    return state;
  }

  private List<Invocation> invocationsOf(Handle tx, TaskExecution task, String windowId) {
    List<Invocation> of = new ArrayList<>();
    for (Target target : task.task().targets()) {
      if (TaskChecks.isWindowTargets(target)) {
        for (String id : target.values()) {
          String owner =
              parts
                  .targets()
                  .find(tx, windowId, id)
                  .map(MaintenanceWindowTarget::ownerInformation)
                  .orElse(null);
          of.add(invocation(task, of.size(), id, owner));
        }
      }
    }
    boolean direct = task.task().targets().stream().anyMatch(TargetChecks::isInstanceIds);
    if (direct || of.isEmpty()) {
      of.add(invocation(task, of.size(), null, null));
    }
    return of;
  }

  private Invocation invocation(
      TaskExecution task, int position, @Nullable String target, @Nullable String owner) {
    return new Invocation(
        parts.core().ids().uuid(),
        task.executionId(),
        task.id(),
        position,
        target,
        owner,
        null,
        null,
        State.pending());
  }
}

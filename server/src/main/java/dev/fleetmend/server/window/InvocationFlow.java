package dev.fleetmend.server.window;

import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.CANCELLED;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.CANCELLING;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.FAILED;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.PENDING;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.SUCCESS;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.TIMED_OUT;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.command.CommandEnded;
import dev.fleetmend.server.command.CommandProgress;
import dev.fleetmend.server.command.Commands;
import dev.fleetmend.server.work.WorkKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskCutoffBehavior;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.Target;

/** Sends an invocation's command, and follows it to its end. */
final class InvocationFlow {
  static final WorkKind<CommandEnded> COMMAND_ENDED =
      new WorkKind<>("maintenance-window-command-ended", CommandEnded.class);
  private static final String SAVEPOINT = "maintenance_window_send";

  private final WindowParts parts;
  private final Commands commands;
  private final InvocationTable table;

  InvocationFlow(WindowParts parts, Commands commands, InvocationTable table) {
    this.parts = parts;
    this.commands = commands;
    this.table = table;
  }

  /**
   * Takes an invocation as far as it goes now.
   *
   * @param closed how what has not started ends, or null while more may start
   */
  State step(
      Handle tx,
      Execution execution,
      TaskExecution task,
      Invocation invocation,
      @Nullable MaintenanceWindowExecutionStatus closed) {
    State state = invocation.state();
    if (state.ended()) {
      return state;
    }
    Invocation next = invocation;
    if (!state.is(PENDING)) {
      next = invocation.with(followed(tx, task, invocation, closed));
    } else if (closed != null) {
      next = invocation.with(state.over(closed, null, parts.now()));
    } else {
      next = started(tx, execution, task, invocation);
    }
    table.put(tx, next);
    return next.state();
  }

  private Invocation started(
      Handle tx, Execution execution, TaskExecution task, Invocation invocation) {
    State begun = invocation.state().begun(parts.now());
    if (task.task().taskType() != MaintenanceWindowTaskType.RUN_COMMAND) {
      return failed(
          invocation,
          begun,
          task.task().taskTypeAsString() + " tasks can't be run by this server.");
    }
    List<Target> targets =
        task.task().targets().stream().filter(TargetChecks::isInstanceIds).toList();
    String type = "INSTANCE";
    String windowTargetId = invocation.windowTargetId();
    if (windowTargetId != null) {
      Optional<MaintenanceWindowTarget> registered =
          parts.targets().find(tx, execution.windowId(), windowTargetId);
      if (registered.isEmpty()) {
        return failed(
            invocation, begun, "Maintenance window target " + windowTargetId + " does not exist");
      }
      targets = registered.get().targets();
      type = registered.get().resourceTypeAsString();
    }
    SendCommandRequest.Builder command = TaskParameters.command(task.task()).targets(targets);
    PseudoParameters pseudo = PseudoParameters.of(execution, task, invocation, type);
    command.parameters(pseudo.in(TaskParameters.of(task.task())));
    SendCommandRequest given = command.build();
    if (given.comment() != null) {
      given = given.toBuilder().comment(pseudo.in(given.comment())).build();
    }
    return send(tx, invocation, begun, given);
  }

  private Invocation send(
      Handle tx, Invocation invocation, State begun, SendCommandRequest command) {
    tx.savepoint(SAVEPOINT);
    try {
      String id = commands.send(tx, command, COMMAND_ENDED);
      tx.releaseSavepoint(SAVEPOINT);
      List<String> nodes = commands.nodes(tx, id, parts.limits().instanceIdsPerTarget());
      return invocation.sent(SentParameters.text(command, nodes), id, begun);
    } catch (ApiException e) {
      tx.rollbackToSavepoint(SAVEPOINT);
      return invocation.sent(
          SentParameters.text(command, List.of()),
          null,
          begun.over(FAILED, e.code() + ": " + e.text(), parts.now()));
    }
  }

  private Invocation failed(Invocation invocation, State begun, String why) {
    return invocation.with(begun.over(FAILED, why, parts.now()));
  }

  private State followed(
      Handle tx,
      TaskExecution task,
      Invocation invocation,
      @Nullable MaintenanceWindowExecutionStatus closed) {
    State state = invocation.state();
    String commandId = String.valueOf(invocation.commandId());
    Optional<CommandProgress> progress = commands.progress(tx, commandId);
    Instant now = parts.now();
    if (progress.isEmpty()) {
      return state.over(FAILED, "Command " + commandId + " is not there any more.", now);
    }
    if (progress.get().ended()) {
      return state.over(end(state, progress.get()), progress.get().statusDetails(), now);
    }
    boolean cancel =
        closed == TIMED_OUT
            && task.task().cutoffBehavior() == MaintenanceWindowTaskCutoffBehavior.CANCEL_TASK;
    if (cancel && !state.is(CANCELLING)) {
      commands.cancel(tx, commandId);
      return state.cancelling();
    }
    return state;
  }

  /** What the cut-off had cancelled has not been completed: that is a time-out. */
  private static MaintenanceWindowExecutionStatus end(State state, CommandProgress progress) {
    return switch (progress.status()) {
      case SUCCESS -> SUCCESS;
      case TIMED_OUT -> TIMED_OUT;
      case CANCELLED -> state.is(CANCELLING) ? TIMED_OUT : CANCELLED;
      default -> FAILED;
    };
  }
}

package dev.fleetmend.server.window;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.command.CommandEnded;
import dev.fleetmend.server.command.Commands;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.tag.TagDirectory;
import dev.fleetmend.server.work.Work;

/** Maintenance windows, put together. */
public final class MaintenanceWindows {
  private final WindowParts parts;
  private final InvocationTable invocations = new InvocationTable();
  private final ExecutionTable executions = new ExecutionTable();
  private final TaskExecutionTable tasks;
  private final ExecutionFlow flow;

  public MaintenanceWindows(Core core, TagDirectory tags, NodeDirectory nodes, Commands commands) {
    this.parts = WindowParts.of(core, tags, nodes, WindowLimits.of(core.quotas()));
    this.tasks = new TaskExecutionTable(parts.json());
    InvocationFlow sending = new InvocationFlow(parts, commands, invocations);
    this.flow =
        new ExecutionFlow(
            parts, executions, tasks, new TaskFlow(parts, tasks, invocations, sending));
    tags.resources(
        WindowOperations.TAGGED,
        id -> core.store().read(db -> parts.windows().find(db, id).isPresent()));
  }

  public void offer() {
    Operations operations = parts.core().operations();
    new WindowOperations(parts).offer(operations);
    new TargetOperations(parts).offer(operations);
    new TaskOperations(parts).offer(operations);
    new ScheduleOperations(parts).offer(operations);
    new ExecutionOperations(parts, executions, tasks, invocations, flow).offer(operations);
    Work work = parts.core().work();
    work.on(WindowPlans.START, new WindowStarts(parts, executions, flow)::start);
    work.on(ExecutionFlow.ADVANCE, flow::advance);
    work.on(ExecutionFlow.CUTOFF, flow::advance);
    work.on(InvocationFlow.COMMAND_ENDED, this::commandEnded);
  }

  private void commandEnded(CommandEnded ended) {
    parts
        .core()
        .store()
        .change(
            tx ->
                invocations
                    .executionOf(tx, ended.commandId())
                    .ifPresent(id -> flow.advance(tx, id)));
  }
}

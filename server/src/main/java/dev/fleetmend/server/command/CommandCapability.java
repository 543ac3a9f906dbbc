package dev.fleetmend.server.command;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.document.DocumentNeed;
import dev.fleetmend.server.document.Documents;
import dev.fleetmend.server.message.Handover;
import dev.fleetmend.server.message.Mailbox;
import dev.fleetmend.server.message.MessageOperations;
import dev.fleetmend.server.node.Nodes;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;

/** Run Command and the message delivery that carries it, made from the core. */
public final class CommandCapability {
  private final Core core;
  private final Nodes nodes;
  private final Documents documents;
  private final Executor waking;
  private final Mailbox mailbox;
  private final CommandFlow flow;
  private final Handover handover;
  private final Cancellation cancellation;
  private final Commands commands;

  /**
   * @param waking runs what fetches messages for polls that were woken, never on the calling thread
   */
  public CommandCapability(Core core, Nodes nodes, Documents documents, Executor waking) {
    this.core = core;
    this.nodes = nodes;
    this.documents = documents;
    this.waking = waking;
    this.mailbox = new Mailbox(core.clock(), core.config().region());
    this.flow = new CommandFlow(core.clock(), core.work(), mailbox);
    this.handover = new Handover(core.store(), core.clock(), mailbox, new Replies(flow));
    this.cancellation = new Cancellation(core.clock(), core.ids(), mailbox, flow);
    this.commands =
        new RunCommand(
            core,
            documents,
            new CommandTargets(nodes, core.config().account()),
            flow,
            cancellation);
  }

  public void offer() {
    new MessageOperations(handover, mailbox, waking).offer(core.operations());
    new CommandOperations(core.store(), commands, cancellation).offer(core.operations());
    new CommandPayloads(core.store()).offer(core.operations());
    new CommandQueries(core.store()).offer(core.operations());
    new InvocationQueries(core.store(), nodes).offer(core.operations());
    NodePlatforms platforms = new NodePlatforms(nodes);
    new InvocationDetails(core.store(), platforms).offer(core.operations());
    new OutputOperations(core, platforms).offer();
    core.work().on(CommandFlow.DEADLINE, new Deadlines(core.store(), core.clock(), flow)::check);
    core.work().on(RunCommand.FORGET, this::forget);
    nodes.whenGone(this::nodeGone);
  }

  /** Where messages to nodes wait. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** How messages get to nodes, whatever the channel. */
  public Handover handover() {
    return handover;
  }

  /** Which commands are under way on nodes. */
  public CommandsUnderWay underWay() {
    return new SentCommands();
  }

  /** Which documents nodes need for commands under way. */
  public DocumentNeed neededDocuments() {
    return new NeededDocuments(documents);
  }

  /** Run Command for other capabilities. */
  public Commands commands() {
    return commands;
  }

  private void forget(CommandDue due) {
    core.store()
        .change(
            tx -> {
              new OutputRows().delete(tx, due.commandId());
              new StepRows().delete(tx, due.commandId());
              new InvocationRows().delete(tx, due.commandId());
              new CommandRows().delete(tx, due.commandId());
            });
  }

  private void nodeGone(Handle tx, String instanceId) {
    InvocationRows invocations = new InvocationRows();
    CommandRows rows = new CommandRows();
    for (String commandId : invocations.openCommandsOf(tx, instanceId)) {
      if (rows.lock(tx, commandId).isPresent()) {
        invocations
            .find(tx, commandId, instanceId)
            .ifPresent(gone -> flow.end(tx, gone, InvocationState.UNDELIVERABLE));
        flow.advance(tx, commandId);
      }
    }
  }
}

package dev.fleetmend.server.command;

import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.Topic;
import dev.fleetmend.server.message.Mailbox;
import dev.fleetmend.server.message.Outgoing;
import dev.fleetmend.server.work.Work;
import dev.fleetmend.server.work.WorkKind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CommandStatus;

/**
 * Moves a command forward after anything about it has changed: sends it to more targets, stops when
 * too many have failed, ends it when all have ended. Always in the transaction that locked it.
 */
final class CommandFlow {
  static final WorkKind<CommandDue> DEADLINE = new WorkKind<>("command.deadline", CommandDue.class);

  private final Clock clock;
  private final Work work;
  private final Mailbox mailbox;
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();

  CommandFlow(Clock clock, Work work, Mailbox mailbox) {
    this.clock = clock;
    this.work = work;
    this.mailbox = mailbox;
  }

  /** Ends one invocation and takes back what is on its way to the node. */
  void end(Handle tx, StoredInvocation invocation, InvocationState state) {
    String id = invocation.commandId();
    if (invocations.end(tx, id, invocation.instanceId(), state)) {
      commands.ended(tx, id, state, 1, invocation.sent());
      if (invocation.sent()) {
        mailbox.withdraw(tx, new MessageId(id, invocation.instanceId()));
      }
    }
  }

  /** Ends all invocations that were never sent. */
  void endUnsent(Handle tx, String commandId, InvocationState state) {
    int ended = invocations.endUnsent(tx, commandId, state);
    if (ended > 0) {
      commands.ended(tx, commandId, state, ended, false);
    }
  }

  void advance(Handle tx, String commandId) {
    StoredCommand command = commands.find(tx, commandId).orElseThrow();
    if (command.ended()) {
      return;
    }
    if (command.rate().stops(command.tally())) {
      endUnsent(tx, commandId, InvocationState.TERMINATED);
      command = commands.find(tx, commandId).orElseThrow();
    }
    if (command.tally().complete()) {
      finish(tx, command);
    } else if (!command.cancelling()) {
      send(tx, command, command.rate().mayStart(command.tally()));
    }
  }

  private void send(Handle tx, StoredCommand command, int most) {
    List<String> next = most == 0 ? List.of() : invocations.unsent(tx, command.id(), most);
    if (next.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Instant deadline = now.plus(command.delivery());
    for (String instance : next) {
      invocations.sent(tx, command.id(), instance, now.toEpochMilli(), deadline.toEpochMilli());
      mailbox.post(
          tx,
          new Outgoing(
              new MessageId(command.id(), instance),
              Topic.SEND_COMMAND,
              command.payload(),
              earlier(deadline, command.expiresAt())));
    }
    commands.sent(tx, command.id(), next.size());
    commands.status(tx, command.id(), CommandStatus.IN_PROGRESS, "InProgress");
    if (command.tally().sent() == 0) {
      watch(tx, command);
    }
  }

  /** Has the deadlines of a command looked at when the next one is due. */
  void watch(Handle tx, StoredCommand command) {
    Instant next =
        invocations
            .nextDeadline(tx, command.id())
            .map(deadline -> earlier(deadline, command.expiresAt()))
            .orElse(command.expiresAt());
    work.schedule(tx, DEADLINE, command.id(), new CommandDue(command.id()), next);
  }

  private void finish(Handle tx, StoredCommand command) {
    Verdict verdict = Verdict.of(command.tally(), command.rate(), command.cancelling());
    commands.status(tx, command.id(), verdict.status(), verdict.details());
    work.cancel(tx, DEADLINE, command.id());
    if (command.whenEnded() != null) {
      work.schedule(
          tx,
          new WorkKind<>(command.whenEnded(), CommandEnded.class),
          command.id(),
          new CommandEnded(command.id()),
          clock.instant());
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}

package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.CancelCommandPayload;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.Topic;
import dev.fleetmend.server.message.Mailbox;
import dev.fleetmend.server.message.Outgoing;
import dev.fleetmend.server.store.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CommandStatus;

/**
 * Takes commands back: at once where no node has seen them, else by a message to the node, whose
 * word then decides. A node that does not hear it finishes.
 */
final class Cancellation {
  /** How long a node that may have lost the command has to say that it runs. */
  private static final Duration UNHEARD = Duration.ofMinutes(1);

  private final Clock clock;
  private final Ids ids;
  private final Mailbox mailbox;
  private final CommandFlow flow;
  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();

  Cancellation(Clock clock, Ids ids, Mailbox mailbox, CommandFlow flow) {
    this.clock = clock;
    this.ids = ids;
    this.mailbox = mailbox;
    this.flow = flow;
  }

  /**
   * Cancels in the transaction that locked the command.
   *
   * @param instances only these; empty for the whole command
   */
  void cancel(Handle tx, StoredCommand command, List<String> instances) {
    if (command.ended()) {
      return;
    }
    if (instances.isEmpty()) {
      commands.status(tx, command.id(), CommandStatus.CANCELLING, "Cancelling");
      flow.endUnsent(tx, command.id(), InvocationState.CANCELLED);
    }
    for (StoredInvocation open : invocations.open(tx, command.id())) {
      if (instances.isEmpty() || instances.contains(open.instanceId())) {
        cancel(tx, command, open);
      }
    }
    flow.advance(tx, command.id());
    commands
        .find(tx, command.id())
        .filter(after -> !after.ended())
        .ifPresent(after -> flow.watch(tx, after));
  }

  private void cancel(Handle tx, StoredCommand command, StoredInvocation open) {
    if (open.state() == InvocationState.CANCELLING) {
      return;
    }
    MessageId sent = new MessageId(command.id(), open.instanceId());
    int handedOut = open.sent() ? mailbox.withdraw(tx, sent) : 0;
    if (open.state() == InvocationState.PENDING && handedOut == 0) {
      flow.end(tx, open, InvocationState.CANCELLED);
      return;
    }
    Instant deadline =
        open.state() == InvocationState.PENDING
            ? clock.instant().plus(UNHEARD)
            : command.expiresAt();
    invocations.cancelling(tx, command.id(), open.instanceId(), deadline.toEpochMilli());
    mailbox.post(
        tx,
        new Outgoing(
            new MessageId(ids.uuid(), open.instanceId()),
            Topic.CANCEL_COMMAND,
            new String(json.write(new CancelCommandPayload(sent.text())), UTF_8),
            command.expiresAt()));
  }
}

package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.RunStatus;
import dev.fleetmend.server.document.DocumentStep;
import dev.fleetmend.server.message.ReplyListener;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nodes say about commands, in whatever order it arrives. */
final class Replies implements ReplyListener {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final int LONGEST_REPLY_ID = 64;
  private static final int LONGEST_TRACE = 2_500;

  private final CommandFlow flow;
  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();
  private final StepRows steps = new StepRows();

  Replies(CommandFlow flow) {
    this.flow = flow;
  }

  @Override
  public void acknowledged(Handle tx, MessageId message) {
    commands
        .lock(tx, message.commandId())
        .ifPresent(command -> invocations.begun(tx, message.commandId(), message.instanceId()));
  }

  @Override
  public void failed(Handle tx, MessageId message, String failureType) {
    commands
        .lock(tx, message.commandId())
        .ifPresent(command -> end(tx, message, InvocationState.UNDELIVERABLE));
  }

  @Override
  public void replied(Handle tx, MessageId message, String replyId, String payload) {
    CommandReply reply = read(message, payload);
    Optional<StoredCommand> command = commands.lock(tx, message.commandId());
    if (reply == null
        || command.isEmpty()
        || invocations.find(tx, message.commandId(), message.instanceId()).isEmpty()
        || !steps.firstTime(
            tx,
            message.commandId(),
            message.instanceId(),
            StepOutput.clean(replyId, LONGEST_REPLY_ID))) {
      return;
    }
    mergeSteps(tx, command.get(), message, reply);
    if (!reply.documentTraceOutput().isEmpty()) {
      invocations.trace(
          tx,
          message.commandId(),
          message.instanceId(),
          StepOutput.clean(reply.documentTraceOutput(), LONGEST_TRACE));
    }
    InvocationState ended = ended(reply.documentStatus());
    if (ended == null) {
      invocations.begun(tx, message.commandId(), message.instanceId());
    } else {
      end(tx, message, ended);
    }
  }

  private @Nullable CommandReply read(MessageId message, String payload) {
    try {
      return json.read(payload.getBytes(UTF_8), CommandReply.class);
    } catch (MalformedJsonException e) {
      LOG.warn("A reply to {} cannot be read: {}", message.text(), e.getMessage());
      return null;
    }
  }

  private void mergeSteps(Handle tx, StoredCommand command, MessageId message, CommandReply reply) {
    for (DocumentStep known : command.steps()) {
      Optional.ofNullable(reply.runtimeStatus().get(known.name()))
          .flatMap(result -> StepOutput.stored(known.name(), result))
          .ifPresent(step -> steps.merge(tx, message.commandId(), message.instanceId(), step));
    }
  }

  private void end(Handle tx, MessageId message, InvocationState state) {
    invocations
        .find(tx, message.commandId(), message.instanceId())
        .filter(invocation -> !invocation.state().ended())
        .ifPresent(
            invocation -> {
              flow.end(tx, invocation, state);
              flow.advance(tx, message.commandId());
            });
  }

  private static @Nullable InvocationState ended(String documentStatus) {
    return switch (RunStatus.of(documentStatus)) {
      case SUCCESS, SKIPPED -> InvocationState.SUCCESS;
      case FAILED -> InvocationState.FAILED;
      case TIMED_OUT -> InvocationState.EXECUTION_TIMED_OUT;
      case CANCELLED -> InvocationState.CANCELLED;
      case IN_PROGRESS, SUCCESS_AND_REBOOT -> null;
      case null -> null;
    };
  }
}

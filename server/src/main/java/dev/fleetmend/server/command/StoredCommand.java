package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.SendCommandPayload;
import dev.fleetmend.server.document.DocumentStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * A command as it is kept.
 *
 * @param payload the text that nodes get
 * @param delivery how long a node may take to take it over
 * @param whenEnded the name of the work to schedule when it has ended, or null
 */
record StoredCommand(
    String id,
    String documentName,
    String documentVersion,
    SendCommandRequest request,
    String payload,
    CommandStatus status,
    String statusDetails,
    Instant requestedAt,
    Instant expiresAt,
    Duration delivery,
    RateControl rate,
    @Nullable String whenEnded,
    Tally tally) {

  boolean ended() {
    return progress().ended();
  }

  boolean cancelling() {
    return status == CommandStatus.CANCELLING;
  }

  /** The steps of its document as it was when the command was sent. */
  List<DocumentStep> steps() {
    SendCommandPayload sent =
        new RecordJson(Naming.PASCAL).read(payload.getBytes(UTF_8), SendCommandPayload.class);
    return DocumentStep.of(sent.documentContent());
  }

  CommandProgress progress() {
    return new CommandProgress(
        id,
        status,
        statusDetails,
        tally.targets(),
        tally.ended(),
        tally.errors(),
        tally.deliveryTimedOut());
  }
}

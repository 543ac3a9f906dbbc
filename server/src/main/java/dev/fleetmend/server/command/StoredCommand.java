package dev.fleetmend.server.command;

import java.time.Duration;
import java.time.Instant;
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

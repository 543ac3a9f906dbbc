package dev.fleetmend.protocol.message;

/**
 * What a message of {@link Topic#CANCEL_COMMAND} carries.
 *
 * @param cancelMessageId the whole {@link MessageId} of the command to cancel
 */
public record CancelCommandPayload(String cancelMessageId) {}

package dev.fleetmend.protocol.message;

/**
 * One message to a node.
 *
 * @param messageId a {@link MessageId} as text
 * @param topic a {@link Topic} with region and node
 * @param createdDate ISO 8601, UTC, with milliseconds
 * @param payload JSON text: a {@link SendCommandPayload} or {@link CancelCommandPayload}
 * @param payloadDigest hex SHA-256 of the payload
 */
public record Message(
    String messageId,
    String topic,
    String destination,
    String createdDate,
    String payload,
    String payloadDigest) {}

package dev.fleetmend.node.document;

/**
 * A command that this node has taken over.
 *
 * @param messageId the message that brought it, which replies name
 * @param payload the message's JSON text
 * @param acceptedAt epoch milliseconds
 */
public record AcceptedCommand(String messageId, String payload, long acceptedAt) {}

package dev.fleetmend.protocol.message;

/** {@code AcknowledgeMessage}: the node has taken the message over; answered {@link Empty}. */
public record AcknowledgeMessageRequest(String messageId) {}

package dev.fleetmend.protocol.message;

/** {@code DeleteMessage}: the node wants the message no more; answered {@link Empty}. */
public record DeleteMessageRequest(String messageId) {}

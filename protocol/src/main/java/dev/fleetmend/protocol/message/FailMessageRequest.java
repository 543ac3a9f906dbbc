package dev.fleetmend.protocol.message;

/**
 * {@code FailMessage}: the node cannot handle the message; answered {@link Empty}.
 *
 * @param failureType {@code InternalHandlerException} or {@code NoHandlerExists}
 */
public record FailMessageRequest(String messageId, String failureType) {}

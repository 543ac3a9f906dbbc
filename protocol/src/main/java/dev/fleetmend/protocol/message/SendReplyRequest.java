package dev.fleetmend.protocol.message;

/**
 * {@code SendReply}: how a command fares.
 *
 * @param replyId a UUID; the same one again is the same reply resent
 * @param payload JSON text of a {@link CommandReply}
 */
public record SendReplyRequest(String messageId, String replyId, String payload) {}

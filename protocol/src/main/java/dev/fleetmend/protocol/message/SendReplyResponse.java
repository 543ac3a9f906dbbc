package dev.fleetmend.protocol.message;

/**
 * Answer to {@link SendReplyRequest}.
 *
 * @param replyStatus {@code Queued}
 */
public record SendReplyResponse(
    String messageId, String replyId, String replyStatus, String description) {}

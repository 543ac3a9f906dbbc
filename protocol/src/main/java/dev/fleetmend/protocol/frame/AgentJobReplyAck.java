package dev.fleetmend.protocol.frame;

/**
 * The server has stored an {@link AgentJobReply}; in camel case.
 *
 * @param acknowledgedMessageId the UUID of the reply's frame
 */
public record AgentJobReplyAck(String jobId, String acknowledgedMessageId) {}

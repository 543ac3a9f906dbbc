package dev.fleetmend.protocol.frame;

/**
 * What an agent makes of an {@link AgentJob}, in camel case.
 *
 * @param acknowledgedMessageId the UUID of the job's frame
 * @param createdDate ISO 8601, UTC
 * @param statusCode an {@link AckCode}'s digits
 */
public record AgentJobAck(
    String jobId,
    String acknowledgedMessageId,
    String createdDate,
    String statusCode,
    String errorMessage) {}

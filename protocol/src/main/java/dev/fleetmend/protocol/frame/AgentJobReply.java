package dev.fleetmend.protocol.frame;

/**
 * How a job fares, in camel case. Replies may arrive in any order, and again until they are
 * acknowledged.
 *
 * @param schemaVersion 1
 * @param content JSON text of a {@link dev.fleetmend.protocol.message.CommandReply}
 * @param topic {@code aws.ssm.sendCommand}
 */
public record AgentJobReply(int schemaVersion, String jobId, String content, String topic) {}

package dev.fleetmend.protocol.frame;

/**
 * A message to a node, in Pascal case.
 *
 * @param schemaVersion 1
 * @param jobId a {@link dev.fleetmend.protocol.message.MessageId} as text
 * @param topic a {@link dev.fleetmend.protocol.message.Topic} with region and node
 * @param content JSON text, the same as the payload of a message that is polled for
 */
public record AgentJob(int schemaVersion, String jobId, String topic, String content) {}

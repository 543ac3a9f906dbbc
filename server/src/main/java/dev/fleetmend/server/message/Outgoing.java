package dev.fleetmend.server.message;

import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.Topic;
import java.time.Instant;

/**
 * A message to post.
 *
 * @param payload JSON text
 * @param expiresAt when it is of no use any more and is no longer handed out
 */
public record Outgoing(MessageId id, Topic topic, String payload, Instant expiresAt) {}

package dev.fleetmend.protocol.message;

/**
 * {@code EC2WindowsMessageDeliveryService.GetMessages}: a node's long poll.
 *
 * @param destination the node's id
 * @param messagesRequestId a UUID of the node's, given back in the answer
 * @param visibilityTimeoutInSeconds how long a message handed out stays hidden from other polls
 */
public record GetMessagesRequest(
    String destination, String messagesRequestId, int visibilityTimeoutInSeconds) {}

package dev.fleetmend.node.identity;

/**
 * That this node is known to a server.
 *
 * @param instanceId {@code mi-} and 17 hex digits
 * @param region the server's region, which signatures name
 * @param fingerprint a UUID that the node keeps
 */
public record Registration(String instanceId, String region, String fingerprint) {}

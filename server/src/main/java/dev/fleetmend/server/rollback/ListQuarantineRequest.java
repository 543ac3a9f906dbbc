package dev.fleetmend.server.rollback;

/**
 * {@code Fleetmend.ListQuarantine}: what rollbacks hold back.
 *
 * @param heldBy a node's id or a patch group's name, or empty for all
 * @param includeReleased whether to list what is no longer held too
 * @param maxResults 1 to 100, 0 for 50
 */
public record ListQuarantineRequest(
    String heldBy, boolean includeReleased, String nextToken, int maxResults) {}

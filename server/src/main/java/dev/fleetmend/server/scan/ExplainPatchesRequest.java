package dev.fleetmend.server.scan;

/**
 * {@code Fleetmend.ExplainPatches}: why each patch of a node is in its state.
 *
 * @param maxResults 1 to 100, 0 for 50
 */
public record ExplainPatchesRequest(String instanceId, String nextToken, int maxResults) {}

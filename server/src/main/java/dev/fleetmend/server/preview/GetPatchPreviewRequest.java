package dev.fleetmend.server.preview;

/**
 * {@code Fleetmend.GetPatchPreview}: what nodes said for a command.
 *
 * @param maxResults 1 to 50 nodes, 0 for 10
 */
public record GetPatchPreviewRequest(String commandId, String nextToken, int maxResults) {}

package dev.fleetmend.server.command;

/**
 * {@code Fleetmend.GetCommandOutput}: what a step of a command has printed on a node.
 *
 * @param pluginName the step; the first one where it is left out
 * @param stream {@code StandardOutput} (also where it is left out) or {@code StandardError}
 * @param maxBytes the most bytes of one answer, 1 to 1048576; 0 for 262144
 */
public record GetCommandOutputRequest(
    String commandId,
    String instanceId,
    String pluginName,
    String stream,
    String nextToken,
    int maxBytes) {}

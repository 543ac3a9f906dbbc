package dev.fleetmend.node.patch;

import java.nio.file.Path;

/**
 * The node that a patch run works on.
 *
 * @param state the agent's state folder, mode 0700, which outlives reboots
 * @param readOnly whether this node only looks: nothing outside of the state folder may change
 */
public record PatchNode(String instanceId, Path state, boolean readOnly) {}

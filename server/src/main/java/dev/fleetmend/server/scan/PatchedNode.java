package dev.fleetmend.server.scan;

import software.amazon.awssdk.services.ssm.model.InstancePatchState;

/**
 * A node with its last patch operation.
 *
 * @param commandId the command that ran it, or an id of its own where none did
 * @param state as DescribeInstancePatchStates shows it
 */
public record PatchedNode(String commandId, InstancePatchState state) {
  static PatchedNode of(NodeState state) {
    return new PatchedNode(state.operation().commandId(), InstancePatchStates.of(state));
  }
}

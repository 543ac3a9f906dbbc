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
    return new PatchedNode(command(state.operation().commandId()), InstancePatchStates.of(state));
  }

  /** Where one command has several runs, each has a dot and its own name after the command's id. */
  private static String command(String runId) {
    int dot = runId.indexOf('.');
    return dot < 0 ? runId : runId.substring(0, dot);
  }
}

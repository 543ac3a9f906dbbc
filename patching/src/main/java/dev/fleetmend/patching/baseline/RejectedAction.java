package dev.fleetmend.patching.baseline;

/** What a rejection means, as SSM's RejectedPatchesAction. */
public enum RejectedAction {
  ALLOW_AS_DEPENDENCY,
  BLOCK
}

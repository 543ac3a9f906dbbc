package dev.fleetmend.server.scan;

import dev.fleetmend.patching.decision.PatchCounts;

/**
 * The last patch operation of a node and what its facts make of it.
 *
 * @param patchGroup the node's patch group, or empty
 * @param baselineVersion the version of the baseline that the states were derived by
 */
record NodeState(
    String instanceId,
    String patchGroup,
    String baselineId,
    long baselineVersion,
    PatchOperation operation,
    PatchCounts counts,
    PatchMemory memory) {}

package dev.fleetmend.server.scan;

import dev.fleetmend.patching.decision.PatchCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.InstancePatchState;

/** A node's state as SSM shows it. */
final class InstancePatchStates {
  private InstancePatchStates() {}

  static InstancePatchState of(NodeState state) {
    PatchOperation operation = state.operation();
    PatchCounts counts = state.counts();
    return InstancePatchState.builder()
        .instanceId(state.instanceId())
        .patchGroup(state.patchGroup())
        .baselineId(state.baselineId())
        .snapshotId(orNull(operation.snapshotId()))
        .installOverrideList(orNull(operation.installOverrideListUrl()))
        .ownerInformation("")
        .installedCount(counts.installed())
        .installedOtherCount(counts.installedOther())
        .installedPendingRebootCount(counts.installedPendingReboot())
        .installedRejectedCount(counts.installedRejected())
        .missingCount(counts.missing())
        .failedCount(counts.failed())
        .notApplicableCount(counts.notApplicable())
        .unreportedNotApplicableCount(0)
        .availableSecurityUpdateCount(counts.availableSecurityUpdate())
        .criticalNonCompliantCount(counts.criticalNonCompliant())
        .securityNonCompliantCount(counts.securityNonCompliant())
        .otherNonCompliantCount(counts.otherNonCompliant())
        .operation(operationOnTheWire(operation))
        .operationStartTime(Instant.ofEpochMilli(operation.startedAt()))
        .operationEndTime(Instant.ofEpochMilli(operation.endedAt()))
        .lastNoRebootInstallOperationTime(
            operation.lastNoRebootInstallAt() == 0
                ? null
                : Instant.ofEpochMilli(operation.lastNoRebootInstallAt()))
        .rebootOption(operation.rebootOption())
        .build();
  }

  /** SSM knows Scan and Install only; what a rollback reports at its end is a scan. */
  private static String operationOnTheWire(PatchOperation operation) {
    return operation.name().equals("Install") ? "Install" : "Scan";
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}

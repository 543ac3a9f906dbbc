package dev.fleetmend.server.compliance;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.decision.PatchCounts;
import dev.fleetmend.patching.decision.PatchState;
import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.server.scan.PatchNames;
import dev.fleetmend.server.scan.PatchStates;
import dev.fleetmend.server.scan.PatchedNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.ComplianceItemEntry;
import software.amazon.awssdk.services.ssm.model.ComplianceStatus;

/** The compliance type Patch, made from what patch operations found. */
final class PatchItems {
  private static final String DOCUMENT = "AWS-RunPatchBaseline";
  private final PatchStates states;

  PatchItems(PatchStates states) {
    this.states = states;
  }

  List<ComplianceItemEntry> of(Handle db, String instanceId) {
    Optional<PatchedNode> node = states.find(db, instanceId);
    if (node.isEmpty()) {
      return List.of();
    }
    List<PatchStatus> statuses = states.statuses(db, instanceId);
    boolean waitingCounts = waitingCounts(node.get(), statuses);
    return statuses.stream()
        .filter(PatchItems::counts)
        .map(status -> item(node.get(), status, isNonCompliant(status, waitingCounts)))
        .toList();
  }

  static ItemCounts counts(PatchedNode node, List<PatchStatus> statuses) {
    boolean waitingCounts = waitingCounts(node, statuses);
    Map<Boolean, List<ComplianceLevel>> levels =
        statuses.stream()
            .filter(PatchItems::counts)
            .collect(
                Collectors.partitioningBy(
                    status -> isNonCompliant(status, waitingCounts),
                    Collectors.mapping(PatchStatus::complianceLevel, Collectors.toList())));
    return ItemCounts.of(
        levels.getOrDefault(false, List.of()), levels.getOrDefault(true, List.of()));
  }

  /**
   * Whether the baseline counts security updates that wait for approval as non-compliant
   * (AvailableSecurityUpdatesComplianceStatus): then the node's state counts more than the rest.
   */
  private static boolean waitingCounts(PatchedNode node, List<PatchStatus> statuses) {
    return node.state().securityNonCompliantCount()
        > PatchCounts.of(statuses).securityNonCompliant();
  }

  private static boolean isNonCompliant(PatchStatus status, boolean waitingCounts) {
    return status.state().isNonCompliant()
        || (waitingCounts && status.state() == PatchState.AVAILABLE_SECURITY_UPDATE);
  }

  /** What does not apply is neither compliant nor not. */
  private static boolean counts(PatchStatus status) {
    return status.state() != PatchState.NOT_APPLICABLE;
  }

  private static ComplianceItemEntry item(
      PatchedNode node, PatchStatus status, boolean nonCompliant) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("DocumentName", DOCUMENT);
    details.put("DocumentVersion", "");
    details.put("Classification", status.classification());
    details.put("PatchBaselineId", node.state().baselineId());
    details.put("PatchGroup", node.state().patchGroup());
    details.put("PatchSeverity", status.severity());
    details.put("PatchState", status.state().wireName());
    details.put("InstalledTime", Instant.ofEpochSecond(status.installedAt()).toString());
    return ComplianceItemEntry.builder()
        .id(PatchNames.kbId(status))
        .title(PatchNames.title(status))
        .severity(status.complianceLevel().name())
        .status(nonCompliant ? ComplianceStatus.NON_COMPLIANT : ComplianceStatus.COMPLIANT)
        .details(details)
        .build();
  }
}

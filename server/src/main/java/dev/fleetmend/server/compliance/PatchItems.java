package dev.fleetmend.server.compliance;

import dev.fleetmend.patching.baseline.ComplianceLevel;
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
    return node.map(
            found ->
                states.statuses(db, instanceId).stream()
                    .filter(PatchItems::counts)
                    .map(status -> item(found, status))
                    .toList())
        .orElse(List.of());
  }

  static ItemCounts counts(List<PatchStatus> statuses) {
    return ItemCounts.of(levels(statuses, false), levels(statuses, true));
  }

  private static List<ComplianceLevel> levels(List<PatchStatus> statuses, boolean nonCompliant) {
    return statuses.stream()
        .filter(PatchItems::counts)
        .filter(status -> status.state().isNonCompliant() == nonCompliant)
        .map(PatchStatus::complianceLevel)
        .toList();
  }

  /** What does not apply is neither compliant nor not. */
  private static boolean counts(PatchStatus status) {
    return status.state() != PatchState.NOT_APPLICABLE;
  }

  private static ComplianceItemEntry item(PatchedNode node, PatchStatus status) {
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
        .status(
            status.state().isNonCompliant()
                ? ComplianceStatus.NON_COMPLIANT
                : ComplianceStatus.COMPLIANT)
        .details(details)
        .build();
  }
}

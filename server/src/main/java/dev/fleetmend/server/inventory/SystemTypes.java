package dev.fleetmend.server.inventory;

import dev.fleetmend.patching.decision.PatchState;
import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.server.compliance.ComplianceDirectory;
import dev.fleetmend.server.compliance.NodeCompliance;
import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.scan.PatchNames;
import dev.fleetmend.server.scan.PatchStates;
import dev.fleetmend.server.scan.PatchedNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ComplianceExecutionSummary;
import software.amazon.awssdk.services.ssm.model.ComplianceItem;
import software.amazon.awssdk.services.ssm.model.InstancePatchState;
import software.amazon.awssdk.services.ssm.model.ResourceComplianceSummaryItem;
import software.amazon.awssdk.services.ssm.model.SeveritySummary;

/** The inventory types that the server writes: what it knows of nodes anyway. */
final class SystemTypes {
  private final Clock clock;
  private final NodeDirectory nodes;
  private final PatchStates patches;
  private final ComplianceDirectory compliance;

  SystemTypes(
      Clock clock, NodeDirectory nodes, PatchStates patches, ComplianceDirectory compliance) {
    this.clock = clock;
    this.nodes = nodes;
    this.patches = patches;
    this.compliance = compliance;
  }

  /** A node's content of a type; nothing where there is none. */
  Optional<InventoryContent> of(Handle db, ManagedNode node, AwsType type) {
    return switch (type) {
      case INSTANCE_INFORMATION -> Optional.of(information(node));
      case TAG -> content(type, clock.instant(), tags(db, node));
      case PATCH_SUMMARY -> patches.find(db, node.id()).flatMap(SystemTypes::patchSummary);
      case PATCH_COMPLIANCE ->
          patches
              .find(db, node.id())
              .flatMap(
                  patched ->
                      content(
                          type,
                          patched.state().operationEndTime(),
                          patches.statuses(db, node.id()).stream()
                              .map(SystemTypes::patch)
                              .toList()));
      case COMPLIANCE_ITEM ->
          ofCompliance(
              type, compliance.items(db, node.id()).stream().map(SystemTypes::item).toList());
      case COMPLIANCE_SUMMARY ->
          ofCompliance(
              type,
              compliance.summaries(db, node.id()).stream().map(SystemTypes::summary).toList());
      default -> Optional.empty();
    };
  }

  private static InventoryContent information(ManagedNode node) {
    Entry entry =
        new Entry()
            .put("AgentType", node.agentName())
            .put("AgentVersion", node.agentVersion())
            .put("ComputerName", node.computerName())
            .put("InstanceId", node.id())
            .put("InstanceStatus", node.instanceStatus())
            .put("IpAddress", node.ipAddress())
            .put("PlatformName", node.platformName())
            .put("PlatformType", node.platformType())
            .put("PlatformVersion", node.platformVersion())
            .put("ResourceType", NodeDirectory.RESOURCE_TYPE);
    Instant at = node.lastPingAt() == null ? node.registeredAt() : node.lastPingAt();
    return content(AwsType.INSTANCE_INFORMATION, at, List.of(entry.map())).orElseThrow();
  }

  private List<Map<String, String>> tags(Handle db, ManagedNode node) {
    return nodes.tags(db, node.id()).entrySet().stream()
        .map(tag -> new Entry().put("Key", tag.getKey()).put("Value", tag.getValue()).map())
        .toList();
  }

  private static Optional<InventoryContent> patchSummary(PatchedNode node) {
    InstancePatchState state = node.state();
    Entry entry =
        new Entry()
            .put("PatchGroup", state.patchGroup())
            .put("BaselineId", state.baselineId())
            .put("SnapshotId", state.snapshotId())
            .put("OwnerInformation", state.ownerInformation())
            .put("InstalledCount", state.installedCount())
            .put("InstalledOtherCount", state.installedOtherCount())
            .put("InstalledPendingRebootCount", state.installedPendingRebootCount())
            .put("InstalledRejectedCount", state.installedRejectedCount())
            .put("NotApplicableCount", state.notApplicableCount())
            .put("UnreportedNotApplicableCount", state.unreportedNotApplicableCount())
            .put("MissingCount", state.missingCount())
            .put("FailedCount", state.failedCount())
            .put("CriticalNonCompliantCount", state.criticalNonCompliantCount())
            .put("SecurityNonCompliantCount", state.securityNonCompliantCount())
            .put("OtherNonCompliantCount", state.otherNonCompliantCount())
            .put("OperationType", state.operationAsString())
            .put("OperationStartTime", time(state.operationStartTime()))
            .put("OperationEndTime", time(state.operationEndTime()))
            .put("InstallOverrideList", state.installOverrideList())
            .put("RebootOption", state.rebootOptionAsString())
            .put("LastNoRebootInstallOperationTime", time(state.lastNoRebootInstallOperationTime()))
            .put("ExecutionId", node.commandId());
    return content(AwsType.PATCH_SUMMARY, state.operationEndTime(), List.of(entry.map()));
  }

  private static Map<String, String> patch(PatchStatus status) {
    boolean wanted = status.state() == PatchState.MISSING || status.state() == PatchState.FAILED;
    return new Entry()
        .put("Title", PatchNames.title(status.name(), status.arch(), status.version()))
        .put("KBId", PatchNames.kbId(status.name(), status.arch()))
        .put("Classification", status.classification())
        .put("Severity", status.severity())
        .put("State", status.state().wireName())
        .put("InstalledTime", time(Instant.ofEpochSecond(status.installedAt())))
        .put("CVEIds", wanted ? String.join(",", status.cves()) : null)
        .map();
  }

  private static Map<String, String> item(ComplianceItem item) {
    Entry entry = new Entry();
    item.details().forEach(entry::put);
    return execution(entry, item.executionSummary())
        .put("ComplianceType", item.complianceType())
        .put("Id", item.id())
        .put("Title", item.title())
        .put("Status", item.statusAsString())
        .put("Severity", item.severityAsString())
        .map();
  }

  private static Map<String, String> summary(NodeCompliance node) {
    ResourceComplianceSummaryItem summary = node.summary();
    Entry entry =
        execution(new Entry(), summary.executionSummary())
            .put("ComplianceType", summary.complianceType())
            .put("PatchGroup", node.patchGroup())
            .put("PatchBaselineId", node.baselineId())
            .put("Status", summary.statusAsString())
            .put("OverallSeverity", summary.overallSeverityAsString());
    counts(entry, "Compliant", summary.compliantSummary().severitySummary());
    counts(entry, "NonCompliant", summary.nonCompliantSummary().severitySummary());
    return entry.map();
  }

  private static void counts(Entry entry, String prefix, SeveritySummary counts) {
    entry
        .put(prefix + "CriticalCount", counts.criticalCount())
        .put(prefix + "HighCount", counts.highCount())
        .put(prefix + "MediumCount", counts.mediumCount())
        .put(prefix + "LowCount", counts.lowCount())
        .put(prefix + "InformationalCount", counts.informationalCount())
        .put(prefix + "UnspecifiedCount", counts.unspecifiedCount());
  }

  private static Entry execution(Entry entry, ComplianceExecutionSummary execution) {
    return entry
        .put("ExecutionId", execution.executionId())
        .put("ExecutionType", execution.executionType())
        .put("ExecutionTime", time(execution.executionTime()));
  }

  private static Optional<InventoryContent> ofCompliance(
      AwsType type, List<Map<String, String>> entries) {
    return entries.stream()
        .map(entry -> Instant.parse(Objects.requireNonNull(entry.get("ExecutionTime"))))
        .max(Instant::compareTo)
        .flatMap(newest -> content(type, newest, entries));
  }

  private static Optional<InventoryContent> content(
      AwsType type, Instant at, List<Map<String, String>> entries) {
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new InventoryContent(
                type.typeName(), type.version(), String.valueOf(time(at)), null, entries));
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

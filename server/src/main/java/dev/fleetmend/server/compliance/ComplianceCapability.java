package dev.fleetmend.server.compliance;

import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.scan.PatchStates;
import dev.fleetmend.server.scan.PatchedNode;
import java.util.List;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.ComplianceItem;
import software.amazon.awssdk.services.ssm.model.InstancePatchState;

/** Compliance, put together. */
public final class ComplianceCapability implements ComplianceDirectory {
  private static final String COMMAND = "Command";

  private final Core core;
  private final ComplianceTable table = new ComplianceTable();
  private final ItemUpload upload;
  private final ItemQueries items;
  private final SummaryQueries summaries;

  public ComplianceCapability(Core core, NodeDirectory nodes, PatchStates patches) {
    this.core = core;
    this.upload = new ItemUpload(core, nodes, table, ComplianceLimits.of(core.quotas()));
    this.items = new ItemQueries(core, table, new PatchItems(patches));
    this.summaries = new SummaryQueries(core, table);
  }

  public void offer() {
    upload.offer();
    items.offer();
    summaries.offer();
  }

  /** Keeps the summary of a node's patches, with the transaction that derived them. */
  public void patched(Handle tx, PatchedNode node, List<PatchStatus> statuses) {
    InstancePatchState state = node.state();
    ItemCounts counts = PatchItems.counts(node, statuses);
    ComplianceRow row =
        new ComplianceRow(
            state.instanceId(),
            ComplianceRow.PATCH,
            counts.status(),
            counts.worst(),
            state.operationEndTime().toEpochMilli(),
            node.commandId(),
            COMMAND,
            state.patchGroup(),
            state.baselineId(),
            null);
    table.put(tx, row, counts, null);
  }

  /** Whether some node has patch states of before there were summaries of them. */
  public boolean lacksPatchSummaries() {
    return core.store().read(table::lacksPatchSummaries);
  }

  /** Forgets a node. */
  public void forget(Handle tx, String instanceId) {
    table.forget(tx, instanceId);
  }

  @Override
  public List<ComplianceItem> items(Handle db, String instanceId) {
    return table.ofResource(db, instanceId).stream()
        .flatMap(row -> items.items(db, row).stream())
        .toList();
  }

  @Override
  public List<NodeCompliance> summaries(Handle db, String instanceId) {
    return table.ofResource(db, instanceId).stream()
        .map(
            row ->
                new NodeCompliance(row.patchGroup(), row.baselineId(), summaries.summary(db, row)))
        .toList();
  }
}

package dev.fleetmend.server.inventory;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.compliance.ComplianceDirectory;
import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.scan.PatchStates;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Inventory, put together. */
public final class InventoryCapability implements InventoryDirectory {
  private final InventoryTable table = new InventoryTable();
  private final NodeInventory inventory;
  private final InventoryUpload upload;
  private final InventoryQueries queries;
  private final InventoryDeletions deletions;

  public InventoryCapability(
      Core core, NodeDirectory nodes, PatchStates patches, ComplianceDirectory compliance) {
    CustomTypes customTypes = new CustomTypes();
    SystemTypes systemTypes = new SystemTypes(core.clock(), nodes, patches, compliance);
    this.inventory = new NodeInventory(systemTypes, table, customTypes);
    this.upload =
        new InventoryUpload(core, nodes, table, customTypes, InventoryLimits.of(core.quotas()));
    this.queries = new InventoryQueries(core, nodes, inventory);
    this.deletions = new InventoryDeletions(core, table, customTypes);
  }

  public void offer() {
    upload.offer();
    queries.offer();
    deletions.offer();
  }

  /** Forgets a node. */
  public void forget(Handle tx, String instanceId) {
    table.forget(tx, instanceId);
  }

  @Override
  public List<String> types(Handle db) {
    return inventory.schemas(db).stream().map(InventorySchema::typeName).toList();
  }

  @Override
  public Optional<InventoryContent> find(Handle db, ManagedNode node, String typeName) {
    return inventory.find(db, node, typeName);
  }
}

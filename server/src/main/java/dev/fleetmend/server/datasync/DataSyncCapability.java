package dev.fleetmend.server.datasync;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.inventory.InventoryDirectory;
import dev.fleetmend.server.node.NodeDirectory;
import org.jdbi.v3.core.Handle;

/** Resource data sync, put together. */
public final class DataSyncCapability {
  private final Core core;
  private final SyncTable table = new SyncTable();
  private final SyncRuns runs;
  private final SyncOperations operations;

  public DataSyncCapability(Core core, NodeDirectory nodes, InventoryDirectory inventory) {
    this.core = core;
    this.runs = new SyncRuns(core, table, nodes, inventory);
    this.operations = new SyncOperations(core, table, runs);
  }

  public void offer() {
    runs.offer();
    operations.offer();
  }

  /** Whether there is a sync that gathers nodes, by its name. */
  public boolean gathers(String syncName) {
    return syncName.indexOf('\0') < 0
        && core.store().read(db -> table.find(db, syncName, SyncChecks.FROM_SOURCE)).isPresent();
  }

  /** Forgets a node. What was written of it stays. */
  public void forget(Handle tx, String instanceId) {
    table.forget(tx, instanceId);
  }
}

package dev.fleetmend.server.window;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.tag.TagDirectory;

/** Maintenance windows, put together. */
public final class MaintenanceWindows {
  private final WindowParts parts;

  public MaintenanceWindows(Core core, TagDirectory tags, NodeDirectory nodes) {
    this.parts = WindowParts.of(core, tags, nodes, WindowLimits.published());
    tags.resources(
        WindowOperations.TAGGED,
        id -> core.store().read(db -> parts.windows().find(db, id).isPresent()));
  }

  public void offer() {
    Operations operations = parts.core().operations();
    new WindowOperations(parts).offer(operations);
    new TargetOperations(parts).offer(operations);
    new TaskOperations(parts).offer(operations);
    new ScheduleOperations(parts).offer(operations);
  }
}

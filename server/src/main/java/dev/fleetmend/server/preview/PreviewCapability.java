package dev.fleetmend.server.preview;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.command.Commands;
import org.jdbi.v3.core.Handle;

/** Previews of patch operations, put together. */
public final class PreviewCapability {
  private final PreviewTable table = new PreviewTable();
  private final Core core;
  private final Commands commands;

  public PreviewCapability(Core core, Commands commands) {
    this.core = core;
    this.commands = commands;
  }

  public void offer() {
    new NodePreviews(core, table).offer();
    new PreviewOperations(core, commands, table).offer();
  }

  /** Forgets a node. */
  public void forget(Handle tx, String instanceId) {
    table.forgetNode(tx, instanceId);
  }
}

package dev.fleetmend.node.worker;

import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.patch.RunWatch;
import java.util.Set;

/** Lets a node that only looks do nothing but scan and preview. */
public final class ReadOnlyGuard implements PatchRun {
  private static final Set<String> LOOKING = Set.of("Scan", "PreviewInstall", "PreviewUninstall");

  private final PatchRun inner;
  private final boolean readOnly;

  public ReadOnlyGuard(PatchRun inner, boolean readOnly) {
    this.inner = inner;
    this.readOnly = readOnly;
  }

  @Override
  public PatchOutcome run(PatchCommand command, RunWatch watch) throws InterruptedException {
    String operation = command.first("Operation", "");
    if (readOnly && !LOOKING.contains(operation)) {
      return new PatchOutcome(
          1,
          "",
          "This node only looks: it scans, and refuses "
              + (operation.isEmpty() ? "a command without Operation" : operation)
              + ". Nothing was changed. To let it be patched, start the server with"
              + " --patch-this-machine.\n");
    }
    return inner.run(command, watch);
  }
}

package dev.fleetmend.node.document;

import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.protocol.message.RunStatus;
import java.io.IOException;

/** The step of {@code AWS-RunPatchBaseline}: done by the agent itself instead of a script. */
final class PatchAction implements StepAction {
  private final PatchRun patchRun;
  private final PatchCommand command;
  private final boolean readOnly;

  PatchAction(PatchRun patchRun, PatchCommand command, boolean readOnly) {
    this.patchRun = patchRun;
    this.command = command;
    this.readOnly = readOnly;
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public StepEnd run(StepRun run) throws IOException, InterruptedException {
    String operation = command.first("Operation", "");
    if (readOnly && !operation.equals("Scan")) {
      run.print(
          "",
          "This node only looks: it scans, and refuses "
              + operation
              + ". Nothing was changed. To let it be patched, start the server with"
              + " --patch-this-machine.\n");
      return new StepEnd(RunStatus.FAILED, 1);
    }
    PatchOutcome outcome = patchRun.run(command);
    run.print(outcome.standardOutput(), outcome.standardError());
    return StepEnd.ofExitCode(outcome.exitCode());
  }
}

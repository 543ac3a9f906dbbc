package dev.fleetmend.node.document;

import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import java.io.IOException;

/** The step of {@code AWS-RunPatchBaseline}: done by the agent itself instead of a script. */
final class PatchAction implements StepAction {
  private final PatchRun patchRun;
  private final PatchCommand command;

  PatchAction(PatchRun patchRun, PatchCommand command) {
    this.patchRun = patchRun;
    this.command = command;
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public StepEnd run(StepRun run) throws IOException, InterruptedException {
    PatchOutcome outcome = patchRun.run(command);
    run.print(outcome.standardOutput(), outcome.standardError());
    return StepEnd.ofExitCode(outcome.exitCode());
  }
}

package dev.fleetmend.node.document;

import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.protocol.message.RunStatus;
import java.io.IOException;

/** The step of one of {@link HostDocuments}: done by the agent itself instead of a script. */
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
    PatchOutcome outcome = patchRun.run(command, new StepWatch(run));
    run.cancellation().nothingToStop();
    run.print(outcome.standardOutput(), outcome.standardError());
    return outcome.cancelled()
        ? new StepEnd(RunStatus.CANCELLED, outcome.exitCode())
        : StepEnd.ofExitCode(outcome.exitCode());
  }
}

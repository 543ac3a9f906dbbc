package dev.fleetmend.node.document;

import dev.fleetmend.protocol.message.RunStatus;
import java.io.IOException;

/** A plugin that this agent does not have. */
final class UnknownAction implements StepAction {
  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public StepEnd run(StepRun run) throws IOException {
    run.print("", "Plugin " + run.step().action() + " is not supported by this version\n");
    return new StepEnd(RunStatus.FAILED, 1);
  }
}

package dev.fleetmend.node.document;

import java.io.IOException;

/** What a step does; its output goes into the step's folder. */
interface StepAction {
  /**
   * Runs the step, or goes on with it after a reboot.
   *
   * @throws InterruptedException when the agent ends
   */
  StepEnd run(StepRun run) throws IOException, InterruptedException;

  /** Whether a step that an agent's end interrupted may be run again: it finds its own place. */
  boolean resumes();
}

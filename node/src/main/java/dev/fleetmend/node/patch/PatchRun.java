package dev.fleetmend.node.patch;

/** Carries out the document {@code AWS-RunPatchBaseline} on this node. */
public interface PatchRun {
  /**
   * Runs a command, or goes on with it: called again with the same command id after a reboot that
   * it asked for, or after the agent restarted in the middle, it resumes from the journal. Calls
   * never overlap on a node. Where the watch has it stop, it does so before its transaction begins
   * or between two tries of one, and never in the middle of a package.
   *
   * @throws InterruptedException when the agent ends
   */
  PatchOutcome run(PatchCommand command, RunWatch watch) throws InterruptedException;
}

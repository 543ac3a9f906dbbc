package dev.fleetmend.node.patch;

/** Carries out the document {@code AWS-RunPatchBaseline} on this node. */
public interface PatchRun {
  /**
   * Runs a command, or goes on with it: called again with the same command id after a reboot that
   * it asked for, or after the agent restarted in the middle, it resumes from the journal. Calls
   * never overlap on a node.
   *
   * @throws InterruptedException when the command is cancelled; a run may stop before its
   *     transaction begins or while it waits, and never in the middle of a package
   */
  PatchOutcome run(PatchCommand command) throws InterruptedException;
}

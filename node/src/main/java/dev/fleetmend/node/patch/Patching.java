package dev.fleetmend.node.patch;

import java.nio.file.Path;

/** Chooses what patches this host, by its package manager. */
public final class Patching {
  private Patching() {}

  /** The patch run of this host, to be called in the agent's process. */
  public static PatchRun on(PatchNode node, PatchServer server, TransactionWorkers workers) {
    return command ->
        new PatchOutcome(1, "", "This host has no package manager that Fleetmend knows.\n");
  }

  /**
   * The body of {@code fleetmend-agent transact ID}: carries out a journalled transaction, or goes
   * on with it, and does nothing where it is finished. Never runs twice at a time on a node.
   *
   * @param state the agent's state folder
   * @return the exit code of the process
   */
  public static int transact(Path state, String transactionId) {
    System.err.println("no transaction " + transactionId + " in " + state);
    return 1;
  }
}

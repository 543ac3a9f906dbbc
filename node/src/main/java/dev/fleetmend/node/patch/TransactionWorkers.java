package dev.fleetmend.node.patch;

import java.io.IOException;

/**
 * Runs package transactions in a process that the agent's own end does not end: {@code
 * fleetmend-agent transact ID}, under systemd in a transient unit of its own, elsewhere in a
 * session of its own.
 */
public interface TransactionWorkers {
  /**
   * Has the transaction's next stage carried out (what comes before the host changes; then the
   * change), and returns when its process has ended, however it ended: what it did stands in the
   * journal. Where a process for it is still running (the agent was restarted) this waits for that
   * one instead of starting another; where it had died, a new one goes on from the journal.
   *
   * @param transactionId letters, digits and dashes
   * @throws IOException when no process could be started
   * @throws InterruptedException when the wait was given up; the process goes on
   */
  void run(String transactionId) throws IOException, InterruptedException;
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.LockHeldException;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.vault.Vault;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Carries out one journalled transaction, in a process of its own. */
public final class TransactionWork {
  /** How often it is looked whether to stop, while another process works. */
  private static final Duration LOOK_UP = Duration.ofSeconds(1);

  private final PackageManager manager;
  private final Journal journal;
  private final Path state;
  private final String bootId;

  /**
   * @param state the agent's state folder
   */
  public TransactionWork(PackageManager manager, Journal journal, Path state, String bootId) {
    this.manager = manager;
    this.journal = journal;
    this.state = state;
    this.bootId = bootId;
  }

  /**
   * Takes the transaction's next stage, or goes on with it: first all that comes before the host
   * changes, then the change; does nothing where it is done. One at a time on a host: another one
   * waits.
   *
   * @throws IOException when there is no such transaction, or it cannot go on; said again it is
   *     tried again
   */
  public void run(String transactionId) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                state.resolve("package-manager.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Transaction transaction =
          journal
              .find(transactionId)
              .orElseThrow(() -> new IOException("no transaction " + transactionId));
      if (lock.isValid() && !transaction.isDone() && !isToStop(transaction)) {
        carryOut(transaction);
      }
    }
  }

  private void carryOut(Transaction transaction) throws IOException {
    Limits limits = Limits.read(state);
    Host host =
        new Host(
            manager,
            journal,
            new Vault(state.resolve("vault"), limits.vaultReserve(), limits.vaultLimit()),
            new HeldBack(state, manager),
            limits,
            bootId);
    try {
      if (!awaitTurn(transaction, limits.lockDeadline())) {
        return;
      }
    } catch (LockHeldException e) {
      String reason =
          "waited %d s for %s".formatted(limits.lockDeadline().toSeconds(), e.getMessage());
      giveUp(transaction, reason, e);
      return;
    }
    host.repair(transaction);
    if (!transaction.phase().mayHaveChangedTheHost()) {
      new Mending(host, transaction).run();
    }
    if (transaction.order().kind().equals(Order.INSTALL)) {
      new InstallWork(host, transaction).run();
      return;
    }
    Optional<Transaction> undone = journal.find(transaction.order().undoes());
    if (undone.isEmpty()) {
      throw new IOException("no transaction " + transaction.order().undoes() + " to undo");
    }
    new RollbackWork(host, transaction, undone.get()).run();
  }

  /** Before anything is changed; the agent, which asked for it, ends the transaction then. */
  private static boolean isToStop(Transaction transaction) {
    return transaction.cancelRequested() && !transaction.phase().mayHaveChangedTheHost();
  }

  /**
   * Waits until nothing else works with the package manager.
   *
   * @return whether to go on
   */
  private boolean awaitTurn(Transaction transaction, Duration deadline)
      throws IOException, LockHeldException {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      try {
        manager.awaitTurn(LOOK_UP.compareTo(deadline) < 0 ? LOOK_UP : deadline);
        return true;
      } catch (LockHeldException e) {
        if (isToStop(transaction)) {
          return false;
        }
        if (System.nanoTime() >= end) {
          throw e;
        }
      }
    }
  }

  /** Before anything changed the transaction ends; later it must be gone on with. */
  private void giveUp(Transaction transaction, String reason, LockHeldException held)
      throws IOException {
    if (transaction.phase().mayHaveChangedTheHost()) {
      throw new IOException("cannot go on yet: " + reason, held);
    }
    transaction.append(
        transaction
            .entry(Phase.DONE, bootId, reason)
            .with(
                new Untried(manager).results(transaction.order(), Outcome.FAILED, reason),
                List.of(),
                List.of()));
  }
}

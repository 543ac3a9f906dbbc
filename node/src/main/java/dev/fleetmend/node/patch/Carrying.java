package dev.fleetmend.node.patch;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.transaction.Untried;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import java.io.IOException;
import java.util.List;

/**
 * Has transactions carried out by workers: first prepared; then, once it was said what will change
 * and what of it can be taken back, and unless the run is to stop, made.
 */
final class Carrying {
  /** So many workers in a row came no further. */
  private static final int MOST_STALLS = 2;

  private final Journal journal;
  private final TransactionWorkers workers;
  private final Untried untried;

  Carrying(Journal journal, TransactionWorkers workers, Untried untried) {
    this.journal = journal;
    this.workers = workers;
    this.untried = untried;
  }

  /**
   * Goes on with a transaction until it is over; again where its worker was killed.
   *
   * @throws RunException when workers came no further; the transaction can be gone on with
   */
  Transaction toTheEnd(String id, RunWatch watch)
      throws IOException, RunException, InterruptedException {
    Transaction transaction = find(id);
    int stalls = 0;
    while (!transaction.isDone()) {
      boolean prepared =
          transaction.before().isPresent() && !transaction.phase().mayHaveChangedTheHost();
      if (prepared && !watch.stopped()) {
        watch.said(PlanText.of(transaction));
      }
      Transaction begun = transaction;
      watch.onStop(() -> ask(begun));
      workers.run(id);
      watch.onStop(() -> {});
      transaction = find(id);
      if (watch.stopped() && !transaction.phase().mayHaveChangedTheHost()) {
        cancel(transaction);
      }
      stalls = transaction.entries().size() == begun.entries().size() ? stalls + 1 : 0;
      if (stalls == MOST_STALLS && !transaction.isDone()) {
        throw new RunException(
            "Transaction %s stopped at %s and can be gone on with; its log is %s"
                .formatted(id, transaction.phase(), transaction.log()));
      }
    }
    return transaction;
  }

  /** Ends one that stands upon another that did not end whole; nothing of it has been made. */
  Transaction leave(String id) throws IOException {
    Transaction transaction = find(id);
    if (!transaction.isDone()) {
      String why = "not tried: a newer installation could not be taken back wholly";
      transaction.append(
          transaction
              .entry(Phase.DONE, BootId.ofKernel().current(), Transaction.STOPPED)
              .with(List.of(), List.of(), List.of(why)));
    }
    return transaction;
  }

  /** Nothing of it was made, and no worker is alive any more that could. */
  private void cancel(Transaction transaction) throws IOException {
    String why = "cancelled before anything was changed";
    transaction.append(
        transaction
            .entry(Phase.DONE, BootId.ofKernel().current(), Transaction.CANCELLED)
            .with(
                untried.results(transaction.order(), Outcome.UNCHANGED, why),
                List.of(),
                List.of(why)));
  }

  /** Where it cannot be asked, it goes to its end. */
  private static void ask(Transaction transaction) {
    try {
      transaction.cancel();
    } catch (IOException e) {
      System.err.println("transaction " + transaction.id() + " cannot be stopped: " + e);
    }
  }

  private Transaction find(String id) throws IOException {
    return journal.find(id).orElseThrow(() -> new IOException("the journal has lost " + id));
  }
}

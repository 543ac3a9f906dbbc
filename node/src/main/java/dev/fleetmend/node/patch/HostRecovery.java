package dev.fleetmend.node.patch;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.transaction.LeftInTheMiddle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recovery of this host, from its journal. */
final class HostRecovery implements Recovery {
  private final Journal journal;
  private final RunStates states;
  private final UnfinishedRuns runs;
  private final ServerTalk server;
  private final TransactionStates transactions;
  private final LeftInTheMiddle left;

  HostRecovery(
      Journal journal,
      RunStates states,
      UnfinishedRuns runs,
      ServerTalk server,
      TransactionStates transactions,
      LeftInTheMiddle left) {
    this.journal = journal;
    this.states = states;
    this.runs = runs;
    this.server = server;
    this.transactions = transactions;
    this.left = left;
  }

  @Override
  public Outcome run() throws IOException, InterruptedException {
    try {
      return recover();
    } catch (RunException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Outcome recover() throws IOException, RunException, InterruptedException {
    List<Transaction> all = journal.all();
    List<Transaction> open = new ArrayList<>(all.stream().filter(HostRecovery::isCutOff).toList());
    if (open.isEmpty() && !all.isEmpty() && left.canBeMended(all.getLast())) {
      Transaction newest = all.getLast();
      newest.append(newest.entry(Phase.VERIFYING, BootId.ofKernel().current(), "gone on with"));
      open.add(newest);
    }
    if (open.isEmpty()) {
      return Outcome.NOTHING;
    }
    boolean whole = true;
    for (Transaction one : open) {
      whole &= !left.isIn(runs.carrying().toTheEnd(one.id(), RunWatch.none()));
      Optional<RunState> run = states.find(one.order().commandId());
      if (run.isPresent() && areDone(run.get())) {
        runs.report(run.get());
      }
    }
    server.report(transactions.newest());
    return whole ? Outcome.MENDED : Outcome.IN_VAIN;
  }

  private static boolean isCutOff(Transaction one) {
    return !one.isDone() && one.phase().mayHaveChangedTheHost();
  }

  private boolean areDone(RunState run) throws IOException {
    for (String id : run.transactions()) {
      if (!journal.find(id).map(Transaction::isDone).orElse(true)) {
        return false;
      }
    }
    return true;
  }
}

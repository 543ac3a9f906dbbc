package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Entry;
import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.TakenOut;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.TransactionReport;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What the server is told of a run, from the journal. */
final class RunReports {
  private final String instanceId;
  private final Journal journal;
  private final Clock clock;

  RunReports(String instanceId, Journal journal, Clock clock) {
    this.instanceId = instanceId;
    this.journal = journal;
    this.clock = clock;
  }

  PatchRunReport of(RunState state) throws IOException {
    List<TransactionReport> transactions = new ArrayList<>();
    for (String id : state.transactions()) {
      journal.find(id).map(RunReports::of).ifPresent(transactions::add);
    }
    return new PatchRunReport(
        instanceId,
        state.commandId(),
        state.operation(),
        state.snapshotId(),
        state.rebootOption(),
        state.installOverrideListUrl(),
        state.baselineOverride().isEmpty() ? null : state.baselineOverride(),
        state.startedAt(),
        clock.millis(),
        transactions);
  }

  private static TransactionReport of(Transaction transaction) {
    boolean rollback = transaction.order().kind().equals(Order.ROLLBACK);
    List<Change> changes = transaction.before().map(Entry::changes).orElse(List.of());
    return new TransactionReport(
        transaction.id(),
        transaction.order().kind(),
        transaction.order().undoes(),
        transaction.last().bootId(),
        transaction.results(),
        rollback ? TakenOut.of(changes, transaction.results()) : List.of(),
        transaction.last().differences());
  }
}

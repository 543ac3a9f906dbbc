package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.TransactionReport;
import dev.fleetmend.patching.fact.PackageVersion;
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
    List<PackageVersion> takenOut = new ArrayList<>();
    for (PatchResult result : transaction.results()) {
      String from = result.fromVersion();
      if (rollback
          && result.outcome() == Outcome.DONE
          && from != null
          && result.toVersion() != null) {
        takenOut.add(new PackageVersion(result.name(), result.arch(), from));
      }
    }
    return new TransactionReport(
        transaction.id(),
        transaction.order().kind(),
        transaction.order().undoes(),
        transaction.last().bootId(),
        transaction.results(),
        takenOut,
        transaction.last().differences());
  }
}

package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageManager;
import java.io.IOException;

/** Ends and reports runs that were cut off, by a power cut or an outage. */
final class UnfinishedRuns {
  private final PackageManager manager;
  private final Journal journal;
  private final RunStates states;
  private final ServerTalk server;
  private final Carrying carrying;
  private final RunReports reports;

  UnfinishedRuns(
      PackageManager manager,
      Journal journal,
      RunStates states,
      ServerTalk server,
      Carrying carrying,
      RunReports reports) {
    this.manager = manager;
    this.journal = journal;
    this.states = states;
    this.server = server;
    this.carrying = carrying;
    this.reports = reports;
  }

  Carrying carrying() {
    return carrying;
  }

  RunReports reports() {
    return reports;
  }

  /** Before a run begins all others end. */
  void endAllBut(String commandId) throws IOException, RunException, InterruptedException {
    for (Transaction open : journal.all()) {
      if (!open.isDone() && !open.order().commandId().equals(commandId)) {
        carrying.toTheEnd(open.id(), RunWatch.none());
      }
    }
    for (RunState other : states.unreported()) {
      if (!other.commandId().equals(commandId) && !other.transactions().isEmpty()) {
        report(other);
      }
    }
  }

  /**
   * Reports a run whose transactions are over, whether or not it was reported before. A server that
   * does not want the report of an old run does not stop what comes after.
   */
  void report(RunState run) throws IOException, RunException, InterruptedException {
    try {
      server.report(manager.scan());
      server.end(reports.of(run));
    } catch (RunException e) {
      if (!e.refused()) {
        throw e;
      }
    }
    states.write(run.asEnded());
  }
}

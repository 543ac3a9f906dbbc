package dev.fleetmend.node.patch;

import java.util.List;

/**
 * Where a run stands, on disk.
 *
 * @param startedAt epoch milliseconds
 * @param transactions the journal's ids of what it changes, in their order
 * @param rebootFrom the boot in which a reboot was asked for, else empty
 * @param notes what the run has to say beside its results
 * @param ended whether the server has its report
 */
record RunState(
    String commandId,
    String operation,
    String snapshotId,
    String rebootOption,
    String installOverrideListUrl,
    String baselineOverride,
    long startedAt,
    List<String> transactions,
    String rebootFrom,
    List<String> notes,
    boolean ended) {
  RunState {
    transactions = List.copyOf(transactions);
    notes = List.copyOf(notes);
  }

  RunState with(List<String> newTransactions, List<String> newNotes) {
    return new RunState(
        commandId,
        operation,
        snapshotId,
        rebootOption,
        installOverrideListUrl,
        baselineOverride,
        startedAt,
        newTransactions,
        rebootFrom,
        newNotes,
        ended);
  }

  RunState rebootingFrom(String bootId) {
    return new RunState(
        commandId,
        operation,
        snapshotId,
        rebootOption,
        installOverrideListUrl,
        baselineOverride,
        startedAt,
        transactions,
        bootId,
        notes,
        ended);
  }

  RunState asEnded() {
    return new RunState(
        commandId,
        operation,
        snapshotId,
        rebootOption,
        installOverrideListUrl,
        baselineOverride,
        startedAt,
        transactions,
        rebootFrom,
        notes,
        true);
  }
}

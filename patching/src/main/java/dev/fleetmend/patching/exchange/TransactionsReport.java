package dev.fleetmend.patching.exchange;

import java.util.List;

/**
 * {@code Fleetmend.ReportTransactions}: the newest transactions of a node's journal, oldest first.
 * They replace what it said before.
 */
public record TransactionsReport(String instanceId, List<TransactionState> transactions) {
  public TransactionsReport {
    transactions = List.copyOf(transactions);
  }
}

package dev.fleetmend.patching.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in a node's journal.
 *
 * @param kind {@code Install} or {@code Rollback}
 * @param undoes the transaction that a rollback takes back, else empty
 * @param begunAt epoch milliseconds by the node's clock
 * @param endedAt epoch milliseconds by the node's clock, 0 while it is open
 * @param note how it ended where it did nothing or not all, such as {@code cancelled}
 */
public record TransactionState(
    String transactionId,
    String kind,
    String commandId,
    String undoes,
    long begunAt,
    long endedAt,
    String note,
    List<PackageState> packages) {
  public TransactionState {
    packages = List.copyOf(packages);
  }

  /**
   * One package of it.
   *
   * @param outcome of {@link PatchResult}
   * @param canTakeBack whether it is there by this transaction and could be taken back now
   * @param whyNot the reason where it is there and could not be, else empty
   */
  public record PackageState(
      String name,
      String arch,
      @Nullable String fromVersion,
      @Nullable String toVersion,
      String outcome,
      boolean canTakeBack,
      String whyNot) {}
}

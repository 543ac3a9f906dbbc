package dev.fleetmend.server.rollback;

import dev.fleetmend.patching.exchange.TransactionState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answer to {@link ListTransactionsRequest}, by node id. */
public record ListTransactionsResponse(List<NodeTransactions> nodes, @Nullable String nextToken) {
  public ListTransactionsResponse {
    nodes = List.copyOf(nodes);
  }

  /**
   * What a node said last.
   *
   * @param reportedTime epoch seconds
   * @param transactions its newest, oldest first
   */
  public record NodeTransactions(
      String instanceId, double reportedTime, List<TransactionState> transactions) {
    public NodeTransactions {
      transactions = List.copyOf(transactions);
    }
  }
}

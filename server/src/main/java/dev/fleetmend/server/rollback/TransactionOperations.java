package dev.fleetmend.server.rollback;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.TransactionState;
import dev.fleetmend.patching.exchange.TransactionsAccepted;
import dev.fleetmend.patching.exchange.TransactionsReport;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Self;
import dev.fleetmend.server.rollback.ListTransactionsResponse.NodeTransactions;
import dev.fleetmend.server.store.Pages;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** {@code Fleetmend.ReportTransactions} of nodes, {@code Fleetmend.ListTransactions} for people. */
public final class TransactionOperations {
  private static final int MOST_NODES = 50;
  private static final int DEFAULT_PAGE = 10;
  private static final int MOST_TRANSACTIONS = 50;
  private static final int MOST_PACKAGES = 5_000;
  private static final int LONGEST = 4_096;

  private final Core core;
  private final Predicate<String> nodeExists;
  private final TransactionTable table = new TransactionTable();

  /**
   * Not offered yet.
   *
   * @param nodeExists whether an instance id is a managed node's
   */
  public TransactionOperations(Core core, Predicate<String> nodeExists) {
    this.core = core;
    this.nodeExists = nodeExists;
  }

  public void offer() {
    core.operations().on("Fleetmend.ReportTransactions", TransactionsReport.class, this::report);
    core.operations().on("Fleetmend.ListTransactions", ListTransactionsRequest.class, this::list);
  }

  /** Forgets a node. */
  public void forget(Handle tx, String instanceId) {
    table.forget(tx, instanceId);
  }

  private TransactionsAccepted report(TransactionsReport report, Caller caller) {
    String instanceId = Self.of(caller, report.instanceId());
    require(report.transactions().size() <= MOST_TRANSACTIONS, "too many transactions");
    report.transactions().forEach(TransactionOperations::check);
    core.store().change(tx -> table.put(tx, instanceId, report, core.clock().millis()));
    return new TransactionsAccepted(report.transactions().size());
  }

  private static void check(TransactionState one) {
    require(one.packages().size() <= MOST_PACKAGES, "too many packages in a transaction");
    bounded(one.transactionId(), one.kind(), one.commandId(), one.undoes(), one.note());
    one.packages().forEach(p -> bounded(p.name(), p.arch(), p.outcome(), p.whyNot()));
  }

  private static void bounded(String... texts) {
    for (String text : texts) {
      require(text.length() <= LONGEST, "a text is longer than " + LONGEST + " characters");
    }
  }

  private ListTransactionsResponse list(ListTransactionsRequest request, Caller caller) {
    require(
        request.maxResults() >= 0 && request.maxResults() <= MOST_NODES,
        "MaxResults must be between 1 and " + MOST_NODES);
    if (!request.instanceId().isEmpty() && !nodeExists.test(request.instanceId())) {
      throw new ApiException("InvalidInstanceId", request.instanceId() + " is not a managed node.");
    }
    String after = Objects.requireNonNullElse(Pages.after(request.nextToken()), "");
    int most = request.maxResults() == 0 ? DEFAULT_PAGE : request.maxResults();
    List<NodeTransactions> nodes =
        core.store().read(db -> table.list(db, request.instanceId(), after, most + 1));
    boolean more = nodes.size() > most;
    List<NodeTransactions> page = more ? nodes.subList(0, most) : nodes;
    return new ListTransactionsResponse(
        page, more ? Pages.token(page.getLast().instanceId()) : null);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ApiException("ValidationException", otherwise + ".");
    }
  }
}

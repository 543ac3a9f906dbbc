package dev.fleetmend.server.rollback;

import dev.fleetmend.patching.exchange.TransactionsReport;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.server.rollback.ListTransactionsResponse.NodeTransactions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The rows of nodes' transactions, one a node. */
final class TransactionTable {
  private static final RecordJson JSON = new RecordJson(Naming.CAMEL);

  void put(Handle tx, String instanceId, TransactionsReport report, long at) {
    tx.createUpdate(
            "INSERT INTO node_transaction (instance_id, reported_at, report)"
                + " VALUES (:instance, :at, :report) ON CONFLICT (instance_id) DO UPDATE SET"
                + " reported_at = EXCLUDED.reported_at, report = EXCLUDED.report")
        .bind("instance", instanceId)
        .bind("at", at)
        .bind("report", JSON.text(report))
        .execute();
  }

  /**
   * Some nodes', ascending by id.
   *
   * @param instanceId one node's id, or empty for all
   * @param after a node's id to go on from there, or empty
   */
  List<NodeTransactions> list(Handle db, String instanceId, String after, int most) {
    return db.createQuery(
            "SELECT instance_id, reported_at, report FROM node_transaction"
                + " WHERE (:instance = '' OR instance_id = :instance) AND instance_id > :after"
                + " ORDER BY instance_id LIMIT :most")
        .bind("instance", instanceId)
        .bind("after", after)
        .bind("most", most)
        .map(
            (row, context) ->
                new NodeTransactions(
                    row.getString("instance_id"),
                    row.getLong("reported_at") / 1000.0,
                    JSON.read(
                            row.getString("report").getBytes(StandardCharsets.UTF_8),
                            TransactionsReport.class)
                        .transactions()))
        .list();
  }

  void forget(Handle tx, String instanceId) {
    tx.createUpdate("DELETE FROM node_transaction WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .execute();
  }
}

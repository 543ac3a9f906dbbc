package dev.fleetmend.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import org.jdbi.v3.core.Handle;

/** The patch operations of every node, as many of the newest as the quota says. */
final class OperationHistory {
  private final int kept;
  private final RecordJson json = new RecordJson(Naming.CAMEL);

  /**
   * @param kept how many operations of a node
   */
  OperationHistory(int kept) {
    this.kept = kept;
  }

  /** Adds an operation; one that is reported again replaces itself. */
  void add(Handle tx, NodeState state, PatchRunReport report) {
    tx.createUpdate(
            "INSERT INTO patch_operation (instance_id, command_id, ended_at, operation, counts,"
                + " report) VALUES (:instance, :command, :at, :operation, :counts, :report)"
                + " ON CONFLICT (instance_id, command_id) DO UPDATE SET"
                + " ended_at = EXCLUDED.ended_at, operation = EXCLUDED.operation,"
                + " counts = EXCLUDED.counts, report = EXCLUDED.report")
        .bind("instance", state.instanceId())
        .bind("command", state.operation().commandId())
        .bind("at", state.operation().endedAt())
        .bind("operation", text(state.operation()))
        .bind("counts", text(state.counts()))
        .bind("report", text(report))
        .execute();
    tx.createUpdate(
            "DELETE FROM patch_operation WHERE instance_id = :instance AND command_id IN ("
                + "SELECT command_id FROM patch_operation WHERE instance_id = :instance"
                + " ORDER BY ended_at DESC, command_id LIMIT 1000 OFFSET "
                + kept
                + ")")
        .bind("instance", state.instanceId())
        .execute();
  }

  private String text(Record document) {
    return new String(json.write(document), UTF_8);
  }
}

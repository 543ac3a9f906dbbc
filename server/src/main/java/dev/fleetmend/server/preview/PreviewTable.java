package dev.fleetmend.server.preview;

import dev.fleetmend.patching.exchange.PreviewReport;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of previews. */
final class PreviewTable {
  private static final String COLUMNS =
      "SELECT instance_id, hash, report, expires_at FROM patch_preview ";
  private static final RecordJson JSON = new RecordJson(Naming.CAMEL);

  /**
   * A node's preview.
   *
   * @param expiresAt epoch milliseconds
   */
  record Stored(String instanceId, String hash, PreviewReport report, long expiresAt) {}

  /**
   * The hash over all previews of a command.
   *
   * @param expiresAt epoch milliseconds
   */
  record Whole(String hash, long expiresAt) {}

  void put(Handle tx, PreviewReport report, long expiresAt) {
    tx.createUpdate(
            "INSERT INTO patch_preview (command_id, instance_id, hash, report, expires_at)"
                + " VALUES (:command, :instance, :hash, :report, :expires)"
                + " ON CONFLICT (command_id, instance_id) DO UPDATE SET hash = EXCLUDED.hash,"
                + " report = EXCLUDED.report, expires_at = EXCLUDED.expires_at")
        .bind("command", report.commandId())
        .bind("instance", report.instanceId())
        .bind("hash", PreviewHash.of(report.preview()))
        .bind("report", JSON.text(report))
        .bind("expires", expiresAt)
        .execute();
  }

  void putWhole(Handle tx, String commandId, Whole whole) {
    tx.createUpdate(
            "INSERT INTO patch_preview_whole (command_id, hash, expires_at)"
                + " VALUES (:command, :hash, :expires)"
                + " ON CONFLICT (command_id) DO UPDATE SET hash = EXCLUDED.hash,"
                + " expires_at = EXCLUDED.expires_at")
        .bind("command", commandId)
        .bind("hash", whole.hash())
        .bind("expires", whole.expiresAt())
        .execute();
  }

  Optional<Whole> whole(Handle db, String commandId) {
    return db.createQuery(
            "SELECT hash, expires_at FROM patch_preview_whole WHERE command_id = :command")
        .bind("command", commandId)
        .map((row, context) -> new Whole(row.getString("hash"), row.getLong("expires_at")))
        .findOne();
  }

  /** Those that a command's nodes reported, by node id. */
  List<Stored> ofCommand(Handle db, String commandId) {
    return db.createQuery(COLUMNS + "WHERE command_id = :command ORDER BY instance_id")
        .bind("command", commandId)
        .map(PreviewTable::row)
        .list();
  }

  /** The newest preview of a node that a hash names, its own or a whole one. */
  Optional<Stored> find(Handle db, String instanceId, String hash) {
    return db.createQuery(
            COLUMNS
                + "WHERE instance_id = :instance AND (hash = :hash OR command_id IN"
                + " (SELECT command_id FROM patch_preview_whole WHERE hash = :hash))"
                + " ORDER BY expires_at DESC LIMIT 1")
        .bind("instance", instanceId)
        .bind("hash", hash)
        .map(PreviewTable::row)
        .findOne();
  }

  /** Forgets those that expired before an instant. */
  void forgetBefore(Handle tx, long instant) {
    for (String table : List.of("patch_preview", "patch_preview_whole")) {
      tx.createUpdate("DELETE FROM " + table + " WHERE expires_at < :instant")
          .bind("instant", instant)
          .execute();
    }
  }

  void forget(Handle tx, String commandId, String instanceId) {
    tx.createUpdate(
            "DELETE FROM patch_preview WHERE command_id = :command AND instance_id = :instance")
        .bind("command", commandId)
        .bind("instance", instanceId)
        .execute();
  }

  void forgetNode(Handle tx, String instanceId) {
    tx.createUpdate("DELETE FROM patch_preview WHERE instance_id = :instance")
        .bind("instance", instanceId)
        .execute();
  }

  private static Stored row(ResultSet row, StatementContext context) throws SQLException {
    return new Stored(
        row.getString("instance_id"),
        row.getString("hash"),
        JSON.read(row.getString("report").getBytes(StandardCharsets.UTF_8), PreviewReport.class),
        row.getLong("expires_at"));
  }
}

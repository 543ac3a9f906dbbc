package dev.fleetmend.server.rollback;

import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.server.rollback.HeldVersion.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of the quarantine. */
final class QuarantineTable {
  private static final String COLUMNS =
      "SELECT id, scope, held_by, name, arch, version, instance_id, transaction_id, cves, held_at,"
          + " COALESCE(released_at, 0) AS released_at FROM quarantine";

  /** Holds a version; once released it is held again only by another rollback. */
  void hold(Handle tx, HeldVersion held) {
    tx.createUpdate(
            "INSERT INTO quarantine (id, scope, held_by, name, arch, version, instance_id,"
                + " transaction_id, cves, held_at) VALUES (:id, :scope, :heldBy, :name, :arch,"
                + " :version, :instance, :transaction, :cves, :at)"
                + " ON CONFLICT (scope, held_by, name, arch, version) DO UPDATE SET"
                + " instance_id = EXCLUDED.instance_id, cves = EXCLUDED.cves,"
                + " transaction_id = EXCLUDED.transaction_id, held_at = EXCLUDED.held_at,"
                + " released_at = NULL"
                + " WHERE quarantine.transaction_id <> EXCLUDED.transaction_id")
        .bind("id", held.id())
        .bind("scope", held.scope().name())
        .bind("heldBy", held.heldBy())
        .bind("name", held.version().name())
        .bind("arch", held.version().arch())
        .bind("version", held.version().version())
        .bind("instance", held.instanceId())
        .bind("transaction", held.transactionId())
        .bind("cves", String.join(",", held.cves()))
        .bind("at", held.heldAt())
        .execute();
  }

  /** Releases a held version; false where it was released before. */
  boolean release(Handle tx, String id, long at) {
    return tx.createUpdate(
                "UPDATE quarantine SET released_at = :at WHERE id = :id AND released_at IS NULL")
            .bind("id", id)
            .bind("at", at)
            .execute()
        == 1;
  }

  Optional<HeldVersion> find(Handle db, String id) {
    return db.createQuery(COLUMNS + " WHERE id = :id")
        .bind("id", id)
        .map(QuarantineTable::row)
        .findOne();
  }

  /** What a node, or its patch group, holds or once held. */
  List<HeldVersion> of(Handle db, String instanceId, String patchGroup) {
    return db.createQuery(
            COLUMNS
                + " WHERE (scope = 'NODE' AND held_by = :node)"
                + " OR (scope = 'PATCH_GROUP' AND held_by = :patchGroup)"
                + " ORDER BY name, arch, version")
        .bind("node", instanceId)
        .bind("patchGroup", patchGroup)
        .map(QuarantineTable::row)
        .list();
  }

  List<HeldVersion> all(Handle db) {
    return db.createQuery(COLUMNS + " ORDER BY id").map(QuarantineTable::row).list();
  }

  private static HeldVersion row(ResultSet row, StatementContext context) throws SQLException {
    String cves = row.getString("cves");
    return new HeldVersion(
        row.getString("id"),
        Scope.valueOf(row.getString("scope")),
        row.getString("held_by"),
        new PackageVersion(row.getString("name"), row.getString("arch"), row.getString("version")),
        row.getString("instance_id"),
        row.getString("transaction_id"),
        cves.isEmpty() ? List.of() : List.of(cves.split(",")),
        row.getLong("held_at"),
        row.getLong("released_at"));
  }
}

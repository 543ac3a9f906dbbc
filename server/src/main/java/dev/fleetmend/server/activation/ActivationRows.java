package dev.fleetmend.server.activation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table activation. */
final class ActivationRows {
  private static final RowMapper<StoredActivation> ROW =
      (row, context) ->
          new StoredActivation(
              row.getString("id"),
              row.getString("code_hash"),
              row.getString("description"),
              row.getString("default_instance_name"),
              row.getString("iam_role"),
              row.getInt("registration_limit"),
              row.getInt("registrations"),
              Instant.ofEpochMilli(row.getLong("created_at")),
              Instant.ofEpochMilli(row.getLong("expires_at")));

  void insert(Handle tx, StoredActivation activation) {
    tx.createUpdate(
            "INSERT INTO activation (id, code_hash, description, default_instance_name, iam_role,"
                + " registration_limit, registrations, created_at, expires_at) VALUES (:id, :hash,"
                + " :description, :name, :role, :limit, 0, :created, :expires)")
        .bind("id", activation.id())
        .bind("hash", activation.codeHash())
        .bind("description", activation.description())
        .bind("name", activation.defaultInstanceName())
        .bind("role", activation.iamRole())
        .bind("limit", activation.registrationLimit())
        .bind("created", activation.createdAt().toEpochMilli())
        .bind("expires", activation.expiresAt().toEpochMilli())
        .execute();
  }

  Optional<StoredActivation> find(Handle db, String id) {
    return db.createQuery("SELECT * FROM activation WHERE id = :id")
        .bind("id", id)
        .map(ROW)
        .findOne();
  }

  /** All, oldest first. */
  List<StoredActivation> all(Handle db) {
    return db.createQuery("SELECT * FROM activation ORDER BY created_at, id").map(ROW).list();
  }

  /** Counts one registration more, unless the limit is reached. */
  boolean use(Handle tx, String id) {
    return tx.createUpdate(
                "UPDATE activation SET registrations = registrations + 1"
                    + " WHERE id = :id AND registrations < registration_limit")
            .bind("id", id)
            .execute()
        == 1;
  }

  boolean delete(Handle tx, String id) {
    return tx.createUpdate("DELETE FROM activation WHERE id = :id").bind("id", id).execute() == 1;
  }
}

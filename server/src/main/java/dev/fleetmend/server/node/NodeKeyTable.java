package dev.fleetmend.server.node;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The columns of the table managed_node that tell a node's keys. */
final class NodeKeyTable {
  /**
   * A node's keys, as base64 of the X.509 SubjectPublicKeyInfo DER.
   *
   * @param next announced, and not used yet
   * @param since when the node began to use the current one
   * @param wanted whether an administrator asked for a new one
   */
  record Keys(String current, @Nullable String next, Instant since, boolean wanted) {}

  Optional<Keys> find(Handle db, String id) {
    return db.createQuery(
            "SELECT public_key, next_public_key, COALESCE(key_since, registered_at) AS since,"
                + " key_wanted_at FROM managed_node WHERE id = :id")
        .bind("id", id)
        .map(
            (row, context) ->
                new Keys(
                    row.getString("public_key"),
                    row.getString("next_public_key"),
                    Instant.ofEpochMilli(row.getLong("since")),
                    row.getObject("key_wanted_at") != null))
        .findOne();
  }

  /** Has a node's next key be this one; that of before counts no more unless it was used. */
  boolean announce(Handle tx, String id, String key) {
    return tx.createUpdate(
                "UPDATE managed_node SET next_public_key = CASE WHEN public_key = :key THEN NULL"
                    + " ELSE :key END WHERE id = :id")
            .bind("id", id)
            .bind("key", key)
            .execute()
        == 1;
  }

  /** Makes the announced key the current one, if it still is this one. */
  void use(Handle tx, String id, String key, Instant now) {
    tx.createUpdate(
            "UPDATE managed_node SET public_key = next_public_key, next_public_key = NULL,"
                + " key_since = :now, key_wanted_at = NULL"
                + " WHERE id = :id AND next_public_key = :key")
        .bind("id", id)
        .bind("key", key)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Notes that a new key is asked for; false where there is no such node. */
  boolean want(Handle tx, String id, Instant now) {
    return tx.createUpdate("UPDATE managed_node SET key_wanted_at = :now WHERE id = :id")
            .bind("id", id)
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }
}

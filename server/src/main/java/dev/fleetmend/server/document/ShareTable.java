package dev.fleetmend.server.document;

import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The table document_share: with which accounts documents are shared. */
final class ShareTable {
  /** Stands for everybody. */
  static final String ALL = "all";

  /** The shared version by account, in order of the accounts. */
  Map<String, String> of(Handle db, String name) {
    Map<String, String> shares = new TreeMap<>();
    db.createQuery("SELECT account_id, shared_version FROM document_share WHERE name = :name")
        .bind("name", name)
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(share -> shares.put(share.getKey(), share.getValue()));
    return shares;
  }

  void put(Handle tx, String name, String account, String version) {
    tx.createUpdate(
            "INSERT INTO document_share (name, account_id, shared_version)"
                + " VALUES (:name, :account, :version) ON CONFLICT (name, account_id)"
                + " DO UPDATE SET shared_version = EXCLUDED.shared_version")
        .bind("name", name)
        .bind("account", account)
        .bind("version", version)
        .execute();
  }

  void remove(Handle tx, String name, String account) {
    tx.createUpdate("DELETE FROM document_share WHERE name = :name AND account_id = :account")
        .bind("name", name)
        .bind("account", account)
        .execute();
  }

  /** How many documents are shared with everybody. */
  int publicDocuments(Handle db) {
    return db.createQuery("SELECT COUNT(*) FROM document_share WHERE account_id = :all")
        .bind("all", ALL)
        .mapTo(Integer.class)
        .one();
  }
}

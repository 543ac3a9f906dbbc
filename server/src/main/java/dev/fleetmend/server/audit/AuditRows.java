package dev.fleetmend.server.audit;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writing the tables audit and audit_resource. */
final class AuditRows {
  private static final int LONGEST_SOURCE = 64;
  private static final int LONGEST_OUTCOME = 64;
  private static final int LONGEST_OPERATION = 96;
  private static final int LONGEST_RESOURCE = 512;

  void insert(Handle tx, AuditEntry entry) {
    tx.createUpdate(
            "INSERT INTO audit (at, request_id, caller_type, caller, role, operation, outcome,"
                + " source, unrecorded) VALUES (:at, :request, :type, :caller, :role, :operation,"
                + " :outcome, :source, :unrecorded)")
        .bind("at", entry.at())
        .bind("request", entry.requestId())
        .bind("type", entry.who().type())
        .bind("caller", entry.who().id())
        .bind("role", entry.who().role())
        .bind("operation", cut(entry.operation(), LONGEST_OPERATION))
        .bind("outcome", cut(entry.outcome(), LONGEST_OUTCOME))
        .bind("source", cut(entry.source(), LONGEST_SOURCE))
        .bind("unrecorded", entry.unrecorded())
        .execute();
    addResources(tx, entry, entry.resources());
  }

  void addResources(Handle tx, AuditEntry entry, List<String> resources) {
    if (resources.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        tx.prepareBatch(
            "INSERT INTO audit_resource (at, request_id, resource, name)"
                + " VALUES (:at, :request, :resource, :name) ON CONFLICT DO NOTHING");
    for (String resource : resources) {
      String text = cut(resource, LONGEST_RESOURCE);
      batch
          .bind("at", entry.at())
          .bind("request", entry.requestId())
          .bind("resource", text)
          .bind("name", name(text))
          .add();
    }
    batch.execute();
  }

  void setOutcome(Handle tx, AuditEntry entry, String outcome) {
    tx.createUpdate("UPDATE audit SET outcome = :outcome WHERE at = :at AND request_id = :request")
        .bind("outcome", cut(outcome, LONGEST_OUTCOME))
        .bind("at", entry.at())
        .bind("request", entry.requestId())
        .execute();
  }

  /** Deletes the oldest entries before a time, and tells how many. */
  int deleteOldest(Handle tx, long before, int atMost) {
    Long last =
        tx.createQuery(
                "SELECT MAX(at) FROM (SELECT at FROM audit WHERE at < :before"
                    + " ORDER BY at LIMIT :most) oldest")
            .bind("before", before)
            .bind("most", atMost)
            .mapTo(Long.class)
            .findOne()
            .orElse(null);
    if (last == null) {
      return 0;
    }
    tx.createUpdate("DELETE FROM audit_resource WHERE at <= :last").bind("last", last).execute();
    return tx.createUpdate("DELETE FROM audit WHERE at <= :last").bind("last", last).execute();
  }

  /** What stands after a resource's last slash: its id or name. */
  static String name(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /** PostgreSQL has no room for the character 0 in a text. */
  private static String cut(String text, int longest) {
    String clean = text.replace('\0', '\uFFFD');
    return clean.length() > longest ? clean.substring(0, longest) : clean;
  }
}

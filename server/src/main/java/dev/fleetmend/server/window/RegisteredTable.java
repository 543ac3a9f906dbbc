package dev.fleetmend.server.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;

/**
 * What is registered with windows, in order of registration: the tables maintenance_window_target
 * and maintenance_window_task.
 */
final class RegisteredTable<T extends SdkPojo> {
  private final String table;
  private final Class<T> type;
  private final AwsJson json;

  private RegisteredTable(String table, Class<T> type, AwsJson json) {
    this.table = table;
    this.type = type;
    this.json = json;
  }

  static RegisteredTable<MaintenanceWindowTarget> targets(AwsJson json) {
    return new RegisteredTable<>("maintenance_window_target", MaintenanceWindowTarget.class, json);
  }

  static RegisteredTable<GetMaintenanceWindowTaskResponse> tasks(AwsJson json) {
    return new RegisteredTable<>(
        "maintenance_window_task", GetMaintenanceWindowTaskResponse.class, json);
  }

  void insert(Handle tx, String windowId, String id, T document, Instant now) {
    tx.createUpdate(
            "INSERT INTO "
                + table
                + " (id, window_id, created_at, document) VALUES (:id, :window, :now, :document)")
        .bind("id", id)
        .bind("window", windowId)
        .bind("now", now.toEpochMilli())
        .bind("document", text(document))
        .execute();
  }

  void update(Handle tx, String id, T document) {
    tx.createUpdate("UPDATE " + table + " SET document = :document WHERE id = :id")
        .bind("document", text(document))
        .bind("id", id)
        .execute();
  }

  Optional<T> find(Handle db, String windowId, String id) {
    return db.createQuery(
            "SELECT document FROM " + table + " WHERE id = :id AND window_id = :window")
        .bind("id", id)
        .bind("window", windowId)
        .map((row, context) -> document(row.getString(1)))
        .findOne();
  }

  List<Registered<T>> of(Handle db, String windowId) {
    return db.createQuery(
            "SELECT id, created_at, document FROM "
                + table
                + " WHERE window_id = :window ORDER BY created_at, id")
        .bind("window", windowId)
        .map(
            (row, context) ->
                new Registered<>(
                    PageKeys.ascending(row.getLong(2), row.getString(1)),
                    document(row.getString(3))))
        .list();
  }

  int count(Handle db, String windowId) {
    return db.createQuery("SELECT count(*) FROM " + table + " WHERE window_id = :window")
        .bind("window", windowId)
        .mapTo(Integer.class)
        .one();
  }

  void delete(Handle tx, String windowId, String id) {
    tx.execute("DELETE FROM " + table + " WHERE id = ? AND window_id = ?", id, windowId);
  }

  void deleteAll(Handle tx, String windowId) {
    tx.execute("DELETE FROM " + table + " WHERE window_id = ?", windowId);
  }

  private String text(T document) {
    return new String(json.write(document), UTF_8);
  }

  private T document(String text) {
    return json.read(text.getBytes(UTF_8), type);
  }

  /** A target or task with its key for paging. */
  record Registered<T>(String pageKey, T document) {}
}

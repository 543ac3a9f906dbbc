package dev.fleetmend.server.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowResponse;

/** The table maintenance_window. */
final class WindowTable {
  private static final String COLUMNS = " document, phase_at, next_start";
  private final AwsJson json;

  WindowTable(AwsJson json) {
    this.json = json;
  }

  void put(Handle tx, Window window) {
    Instant next = window.nextStart();
    tx.createUpdate(
            "INSERT INTO maintenance_window (id, created_at, document, phase_at, next_start)"
                + " VALUES (:id, :created, :document, :phase, :next)"
                + " ON CONFLICT (id) DO UPDATE SET document = EXCLUDED.document,"
                + " phase_at = EXCLUDED.phase_at, next_start = EXCLUDED.next_start")
        .bind("id", window.id())
        .bind("created", window.document().createdDate().toEpochMilli())
        .bind("document", new String(json.write(window.document()), UTF_8))
        .bind("phase", window.phase().toEpochMilli())
        .bind("next", next == null ? null : Long.valueOf(next.toEpochMilli()))
        .execute();
  }

  Optional<Window> find(Handle db, String windowId) {
    return db.createQuery("SELECT" + COLUMNS + " FROM maintenance_window WHERE id = :id")
        .bind("id", windowId)
        .map(this::window)
        .findOne();
  }

  /** Finds a window and keeps it from being changed by others until the transaction ends. */
  Optional<Window> lock(Handle tx, String windowId) {
    return tx.createQuery(
            "UPDATE maintenance_window SET phase_at = phase_at WHERE id = :id RETURNING" + COLUMNS)
        .bind("id", windowId)
        .map(this::window)
        .findOne();
  }

  List<Window> all(Handle db) {
    return db.createQuery("SELECT" + COLUMNS + " FROM maintenance_window ORDER BY created_at, id")
        .map(this::window)
        .list();
  }

  int count(Handle db) {
    return db.createQuery("SELECT count(*) FROM maintenance_window").mapTo(Integer.class).one();
  }

  void delete(Handle tx, String windowId) {
    tx.execute("DELETE FROM maintenance_window WHERE id = ?", windowId);
  }

  private Window window(ResultSet row, StatementContext context) throws SQLException {
    long next = row.getLong("next_start");
    boolean none = row.wasNull();
    return new Window(
        json.read(row.getString("document").getBytes(UTF_8), GetMaintenanceWindowResponse.class),
        Instant.ofEpochMilli(row.getLong("phase_at")),
        none ? null : Instant.ofEpochMilli(next));
  }
}

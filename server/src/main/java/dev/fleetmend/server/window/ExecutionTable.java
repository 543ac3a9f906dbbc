package dev.fleetmend.server.window;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table maintenance_window_execution, and who may run at once. */
final class ExecutionTable {
  private static final String TABLE = "maintenance_window_execution";
  private static final String COLUMNS = " id, window_id, due_at, cutoff_at," + StateColumns.NAMES;

  /** Whether it is new: each start of a window is recorded once. */
  boolean insert(Handle tx, Execution execution) {
    return StateColumns.bind(
                tx.createUpdate(
                    "INSERT INTO maintenance_window_execution ("
                        + COLUMNS
                        + ") VALUES (:id, :window, :due, :cutoff,"
                        + StateColumns.VALUES
                        + ") ON CONFLICT (window_id, due_at) DO NOTHING"),
                execution.state())
            .bind("id", execution.id())
            .bind("window", execution.windowId())
            .bind("due", execution.dueAt().toEpochMilli())
            .bind("cutoff", execution.cutoffAt().toEpochMilli())
            .execute()
        > 0;
  }

  void state(Handle tx, String id, State state) {
    StateColumns.update(tx, TABLE, id, state);
  }

  Optional<Execution> find(Handle db, String id) {
    return db.createQuery("SELECT" + COLUMNS + "FROM maintenance_window_execution WHERE id = :id")
        .bind("id", id)
        .map(this::execution)
        .findOne();
  }

  /** Finds an execution and keeps it from being advanced by others until the transaction ends. */
  Optional<Execution> lock(Handle tx, String id) {
    return tx.createQuery(
            "UPDATE maintenance_window_execution SET cutoff_at = cutoff_at WHERE id = :id"
                + " RETURNING"
                + COLUMNS)
        .bind("id", id)
        .map(this::execution)
        .findOne();
  }

  List<Execution> of(Handle db, String windowId) {
    return db.createQuery(
            "SELECT" + COLUMNS + "FROM maintenance_window_execution WHERE window_id = :window")
        .bind("window", windowId)
        .map(this::execution)
        .list();
  }

  /** Whether an execution of the window has not ended. */
  boolean open(Handle db, String windowId) {
    return db.createQuery(
                "SELECT count(*) FROM maintenance_window_execution WHERE window_id = :window"
                    + " AND status IN ('PENDING', 'IN_PROGRESS', 'CANCELLING')")
            .bind("window", windowId)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** Until the transaction ends nobody else decides which executions run. */
  void lockGate(Handle tx) {
    tx.execute("UPDATE maintenance_window_gate SET id = id");
  }

  int running(Handle db) {
    return db.createQuery(
            "SELECT count(*) FROM maintenance_window_execution"
                + " WHERE status IN ('IN_PROGRESS', 'CANCELLING')")
        .mapTo(Integer.class)
        .one();
  }

  /** The execution that waits longest for others to end. */
  Optional<String> nextWaiting(Handle db) {
    return db.createQuery(
            "SELECT id FROM maintenance_window_execution WHERE status = 'PENDING'"
                + " ORDER BY due_at, id LIMIT 1")
        .mapTo(String.class)
        .findOne();
  }

  /** Deletes what ended before a time, with its tasks and invocations. */
  void forget(Handle tx, Instant before) {
    for (String part : List.of("_invocation", "_task")) {
      tx.execute(
          "DELETE FROM maintenance_window_execution"
              + part
              + " WHERE execution_id IN"
              + " (SELECT id FROM maintenance_window_execution WHERE ended_at < ?)",
          before.toEpochMilli());
    }
    tx.execute(
        "DELETE FROM maintenance_window_execution WHERE ended_at < ?", before.toEpochMilli());
  }

  private Execution execution(ResultSet row, StatementContext context) throws SQLException {
    return new Execution(
        row.getString("id"),
        row.getString("window_id"),
        Instant.ofEpochMilli(row.getLong("due_at")),
        Instant.ofEpochMilli(row.getLong("cutoff_at")),
        StateColumns.read(row));
  }
}

package dev.fleetmend.server.window;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus;

/** The columns that hold a {@link State}. */
final class StateColumns {
  static final String NAMES = " status, status_details, started_at, ended_at ";
  static final String VALUES = " :status, :details, :started, :ended ";

  private StateColumns() {}

  static <S extends SqlStatement<S>> S bind(S statement, State state) {
    return statement
        .bind("status", state.status().toString())
        .bind("details", state.details())
        .bind("started", millis(state.startedAt()))
        .bind("ended", millis(state.endedAt()));
  }

  static State read(ResultSet row) throws SQLException {
    return new State(
        MaintenanceWindowExecutionStatus.fromValue(row.getString("status")),
        row.getString("status_details"),
        instant(row, "started_at"),
        instant(row, "ended_at"));
  }

  static void update(Handle tx, String table, String id, State state) {
    bind(
            tx.createUpdate(
                "UPDATE "
                    + table
                    + " SET status = :status, status_details = :details,"
                    + " started_at = :started, ended_at = :ended WHERE id = :id"),
            state)
        .bind("id", id)
        .execute();
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : Long.valueOf(instant.toEpochMilli());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}

package dev.fleetmend.server.command;

import dev.fleetmend.protocol.message.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables command_step and command_reply. */
final class StepRows {
  /** Whether a reply is new; the same one again is not. */
  boolean firstTime(Handle tx, String command, String instance, String replyId) {
    return tx.createUpdate(
                "INSERT INTO command_reply (command_id, instance_id, reply_id)"
                    + " VALUES (:command, :instance, :reply)"
                    + " ON CONFLICT (command_id, instance_id, reply_id) DO NOTHING")
            .bind("command", command)
            .bind("instance", instance)
            .bind("reply", replyId)
            .execute()
        == 1;
  }

  /** Takes a result over, unless the step has ended already: replies come in any order. */
  void merge(Handle tx, String command, String instance, StoredStep step) {
    tx.createUpdate(
            "INSERT INTO command_step (command_id, instance_id, name, status, code, started_at,"
                + " ended_at, standard_output, standard_error) VALUES (:command, :instance, :name,"
                + " :status, :code, :started, :ended, :output, :error)"
                + " ON CONFLICT (command_id, instance_id, name) DO UPDATE SET"
                + " status = excluded.status, code = excluded.code,"
                + " started_at = excluded.started_at, ended_at = excluded.ended_at,"
                + " standard_output = excluded.standard_output,"
                + " standard_error = excluded.standard_error"
                + " WHERE command_step.status IN ('IN_PROGRESS', 'SUCCESS_AND_REBOOT')")
        .bind("command", command)
        .bind("instance", instance)
        .bind("name", step.name())
        .bind("status", step.status().name())
        .bind("code", step.code())
        .bind("started", millis(step.startedAt()))
        .bind("ended", millis(step.endedAt()))
        .bind("output", step.standardOutput())
        .bind("error", step.standardError())
        .execute();
  }

  /** The results so far. */
  List<StoredStep> of(Handle db, String command, String instance) {
    return db.createQuery(
            "SELECT * FROM command_step WHERE command_id = :command AND instance_id = :instance")
        .bind("command", command)
        .bind("instance", instance)
        .map((row, context) -> step(row))
        .list();
  }

  void delete(Handle tx, String command) {
    for (String table : List.of("command_step", "command_reply")) {
      tx.createUpdate("DELETE FROM " + table + " WHERE command_id = :command")
          .bind("command", command)
          .execute();
    }
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static StoredStep step(ResultSet row) throws SQLException {
    return new StoredStep(
        Objects.requireNonNull(row.getString("name")),
        RunStatus.valueOf(row.getString("status")),
        row.getInt("code"),
        time(row, "started_at"),
        time(row, "ended_at"),
        row.getString("standard_output"),
        row.getString("standard_error"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}

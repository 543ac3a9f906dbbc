package dev.fleetmend.server.window;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table maintenance_window_execution_invocation. */
final class InvocationTable {

  void put(Handle tx, Invocation invocation) {
    StateColumns.bind(
            tx.createUpdate(
                "INSERT INTO maintenance_window_execution_invocation"
                    + " (id, execution_id, task_id, position, window_target_id, owner_information,"
                    + " parameters, command_id,"
                    + StateColumns.NAMES
                    + ") VALUES (:id, :execution, :task, :position, :target, :owner, :parameters,"
                    + " :command,"
                    + StateColumns.VALUES
                    + ") ON CONFLICT (id) DO UPDATE SET parameters = EXCLUDED.parameters,"
                    + " command_id = EXCLUDED.command_id, status = EXCLUDED.status,"
                    + " status_details = EXCLUDED.status_details,"
                    + " started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at"),
            invocation.state())
        .bind("id", invocation.id())
        .bind("execution", invocation.executionId())
        .bind("task", invocation.taskId())
        .bind("position", invocation.position())
        .bind("target", invocation.windowTargetId())
        .bind("owner", invocation.ownerInformation())
        .bind("parameters", invocation.parameters())
        .bind("command", invocation.commandId())
        .execute();
  }

  /** A task's invocations in order. */
  List<Invocation> of(Handle db, String taskId) {
    return db.createQuery(
            "SELECT * FROM maintenance_window_execution_invocation WHERE task_id = :task"
                + " ORDER BY position")
        .bind("task", taskId)
        .map(
            (row, context) ->
                new Invocation(
                    row.getString("id"),
                    row.getString("execution_id"),
                    row.getString("task_id"),
                    row.getInt("position"),
                    row.getString("window_target_id"),
                    row.getString("owner_information"),
                    row.getString("parameters"),
                    row.getString("command_id"),
                    StateColumns.read(row)))
        .list();
  }

  /** The execution that sent a command. */
  Optional<String> executionOf(Handle db, String commandId) {
    return db.createQuery(
            "SELECT execution_id FROM maintenance_window_execution_invocation"
                + " WHERE command_id = :command")
        .bind("command", commandId)
        .mapTo(String.class)
        .findFirst();
  }
}

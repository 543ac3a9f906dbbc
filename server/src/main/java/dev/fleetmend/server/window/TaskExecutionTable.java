package dev.fleetmend.server.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.AwsJson;
import java.util.List;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;

/** The table maintenance_window_execution_task. */
final class TaskExecutionTable {
  private final AwsJson json;

  TaskExecutionTable(AwsJson json) {
    this.json = json;
  }

  void insert(Handle tx, TaskExecution task) {
    StateColumns.bind(
            tx.createUpdate(
                "INSERT INTO maintenance_window_execution_task"
                    + " (id, execution_id, position, document,"
                    + StateColumns.NAMES
                    + ") VALUES (:id, :execution, :position, :document,"
                    + StateColumns.VALUES
                    + ")"),
            task.state())
        .bind("id", task.id())
        .bind("execution", task.executionId())
        .bind("position", task.position())
        .bind("document", new String(json.write(task.task()), UTF_8))
        .execute();
  }

  void state(Handle tx, String id, State state) {
    StateColumns.update(tx, "maintenance_window_execution_task", id, state);
  }

  /** An execution's tasks in order of priority. */
  List<TaskExecution> of(Handle db, String executionId) {
    return db.createQuery(
            "SELECT id, execution_id, position, document,"
                + StateColumns.NAMES
                + "FROM maintenance_window_execution_task WHERE execution_id = :execution"
                + " ORDER BY position")
        .bind("execution", executionId)
        .map(
            (row, context) ->
                new TaskExecution(
                    row.getString("id"),
                    row.getString("execution_id"),
                    row.getInt("position"),
                    json.read(
                        row.getString("document").getBytes(UTF_8),
                        GetMaintenanceWindowTaskResponse.class),
                    StateColumns.read(row)))
        .list();
  }
}

package dev.fleetmend.server.window;

import dev.fleetmend.api.Structures;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.window.RegisteredTable.Registered;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.DeregisterTaskFromMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterTaskFromMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowTasksRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowTasksResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTask;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTaskRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTaskResponse;

/** Register-, Update-, Get-, Deregister- and DescribeMaintenanceWindowTask(s). */
final class TaskOperations {
  /** Terraform, whose tests run against AWS, reads a task without a priority as this. */
  private static final int DEFAULT_PRIORITY = 0;

  private final WindowParts parts;
  private final TaskChecks checks;
  private final Filters<Registered<GetMaintenanceWindowTaskResponse>> filters =
      new Filters<Registered<GetMaintenanceWindowTaskResponse>>()
          .text("WindowTaskId", task -> task.document().windowTaskId())
          .text("TaskArn", task -> task.document().taskArn())
          .text("Priority", task -> String.valueOf(task.document().priority()))
          .text("TaskType", task -> task.document().taskTypeAsString());

  TaskOperations(WindowParts parts) {
    this.parts = parts;
    this.checks = new TaskChecks(parts);
  }

  void offer(Operations operations) {
    operations.on(RegisterTaskWithMaintenanceWindowRequest.class, this::register);
    operations.on(UpdateMaintenanceWindowTaskRequest.class, this::update);
    operations.on(GetMaintenanceWindowTaskRequest.class, this::get);
    operations.on(DeregisterTaskFromMaintenanceWindowRequest.class, this::deregister);
    operations.on(DescribeMaintenanceWindowTasksRequest.class, this::describe);
  }

  private RegisterTaskWithMaintenanceWindowResponse register(
      RegisterTaskWithMaintenanceWindowRequest request, Caller caller) {
    return parts.once(
        request.clientToken(),
        request.toBuilder().clientToken("-").build(),
        tx -> register(tx, request),
        id -> RegisterTaskWithMaintenanceWindowResponse.builder().windowTaskId(id).build());
  }

  private String register(Handle tx, RegisterTaskWithMaintenanceWindowRequest request) {
    String windowId = request.windowId();
    Window window = parts.locked(tx, windowId);
    if (parts.tasks().count(tx, windowId) >= parts.limits().tasksPerWindow()) {
      throw Refusals.limit("Tasks of a maintenance window", parts.limits().tasksPerWindow());
    }
    String id = parts.core().ids().uuid();
    GetMaintenanceWindowTaskResponse.Builder fresh =
        GetMaintenanceWindowTaskResponse.builder()
            .priority(DEFAULT_PRIORITY)
            .taskParameters(Map.of());
    GetMaintenanceWindowTaskResponse task =
        Structures.copy(request, fresh).windowTaskId(id).build();
    parts.tasks().insert(tx, windowId, id, checks.checked(tx, window, task), parts.now());
    return id;
  }

  private UpdateMaintenanceWindowTaskResponse update(
      UpdateMaintenanceWindowTaskRequest request, Caller caller) {
    GetMaintenanceWindowTaskResponse updated =
        parts.core().store().write(tx -> update(tx, request));
    return Structures.copy(updated, UpdateMaintenanceWindowTaskResponse.builder()).build();
  }

  private GetMaintenanceWindowTaskResponse update(
      Handle tx, UpdateMaintenanceWindowTaskRequest request) {
    Window window = parts.window(tx, request.windowId());
    GetMaintenanceWindowTaskResponse old = require(tx, request.windowId(), request.windowTaskId());
    GetMaintenanceWindowTaskResponse updated =
        checks.checked(tx, window, TaskChanges.applied(old, request));
    parts.tasks().update(tx, updated.windowTaskId(), updated);
    return updated;
  }

  private GetMaintenanceWindowTaskResponse require(Handle db, String windowId, String id) {
    parts.window(db, windowId);
    return parts
        .tasks()
        .find(db, windowId, id)
        .orElseThrow(() -> Refusals.notThere("Maintenance window task", id));
  }

  private GetMaintenanceWindowTaskResponse get(
      GetMaintenanceWindowTaskRequest request, Caller caller) {
    return parts.core().store().read(db -> require(db, request.windowId(), request.windowTaskId()));
  }

  private DeregisterTaskFromMaintenanceWindowResponse deregister(
      DeregisterTaskFromMaintenanceWindowRequest request, Caller caller) {
    parts
        .core()
        .store()
        .change(
            tx -> {
              require(tx, request.windowId(), request.windowTaskId());
              parts.tasks().delete(tx, request.windowId(), request.windowTaskId());
            });
    return DeregisterTaskFromMaintenanceWindowResponse.builder()
        .windowId(request.windowId())
        .windowTaskId(request.windowTaskId())
        .build();
  }

  private DescribeMaintenanceWindowTasksResponse describe(
      DescribeMaintenanceWindowTasksRequest request, Caller caller) {
    Page<Registered<GetMaintenanceWindowTaskResponse>> page =
        WindowParts.page(
            parts.registered(parts.tasks(), request.windowId()),
            filters.of(request.filters()),
            Registered::pageKey,
            request.nextToken(),
            request.maxResults());
    return DescribeMaintenanceWindowTasksResponse.builder()
        .tasks(page.items().stream().map(task -> listed(task.document())).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static MaintenanceWindowTask listed(GetMaintenanceWindowTaskResponse task) {
    return Structures.copy(task, MaintenanceWindowTask.builder()).type(task.taskType()).build();
  }
}

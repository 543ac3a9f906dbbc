package dev.fleetmend.server.window;

import dev.fleetmend.api.Structures;
import java.util.Map;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTaskRequest;

/** What UpdateMaintenanceWindowTask makes of a task. */
final class TaskChanges {
  private TaskChanges() {}

  /**
   * The task with what the request gives. What it leaves out stays; with Replace it is cleared. A
   * task's invocation parameters are always replaced as a whole.
   */
  static GetMaintenanceWindowTaskResponse applied(
      GetMaintenanceWindowTaskResponse old, UpdateMaintenanceWindowTaskRequest request) {
    GetMaintenanceWindowTaskResponse.Builder base = withoutPlaceholders(old);
    if (Boolean.TRUE.equals(request.replace())) {
      Refusals.require("TaskArn", request.taskArn());
      Refusals.require("Priority", request.priority());
      base =
          GetMaintenanceWindowTaskResponse.builder()
              .taskType(old.taskType())
              .taskParameters(Map.of());
    }
    return Structures.copy(request, base).build();
  }

  private static GetMaintenanceWindowTaskResponse.Builder withoutPlaceholders(
      GetMaintenanceWindowTaskResponse old) {
    GetMaintenanceWindowTaskResponse.Builder base = old.toBuilder();
    return old.targets().isEmpty() ? base.maxConcurrency(null).maxErrors(null) : base;
  }
}

package dev.fleetmend.server.window;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.window.RegisteredTable.Registered;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskInvocationParameters;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.Target;

/** What the service model can't say about a task of a window. */
final class TaskChecks {
  /** What reads show for the limits of a task without targets. */
  private static final String NO_TARGETS_LIMIT = "1";

  private final WindowParts parts;
  private final WindowNodes nodes;

  TaskChecks(WindowParts parts) {
    this.parts = parts;
    this.nodes = new WindowNodes(parts.nodes());
  }

  static boolean isWindowTargets(Target target) {
    return "WindowTargetIds".equalsIgnoreCase(target.key());
  }

  /**
   * The task itself, with the limits that reads show where it has no targets.
   *
   * @param task as given, or as it will be once changed
   */
  GetMaintenanceWindowTaskResponse checked(
      Handle db, Window window, GetMaintenanceWindowTaskResponse task) {
    requireFeature(task.taskType());
    requireOwnParameters(task);
    if (task.targets().isEmpty()) {
      return withoutTargets(task);
    }
    if (task.maxConcurrency() == null || task.maxErrors() == null) {
      throw Refusals.validation(
          "MaxConcurrency and MaxErrors are required for a task with targets.");
    }
    for (Target target : task.targets()) {
      if (isWindowTargets(target)) {
        requireRegistered(db, window.id(), target.values());
      } else if (TargetChecks.isInstanceIds(target)) {
        requireAssociated(db, window, target.values());
      } else {
        throw Refusals.validation(
            "The target key '"
                + target.key()
                + "' is not valid: use WindowTargetIds or InstanceIds.");
      }
    }
    return task;
  }

  private static void requireFeature(MaintenanceWindowTaskType type) {
    switch (type) {
      case LAMBDA, STEP_FUNCTIONS ->
          throw new ApiException(
              "FeatureNotAvailableException", "Tasks of type " + type + " are not available here.");
      default -> {}
    }
  }

  private static void requireOwnParameters(GetMaintenanceWindowTaskResponse task) {
    MaintenanceWindowTaskInvocationParameters given = task.taskInvocationParameters();
    if (given == null) {
      return;
    }
    boolean command = task.taskType() == MaintenanceWindowTaskType.RUN_COMMAND;
    if (given.lambda() != null
        || given.stepFunctions() != null
        || (command ? given.automation() != null : given.runCommand() != null)) {
      throw Refusals.validation(
          "TaskInvocationParameters must be those of the task type " + task.taskType() + ".");
    }
  }

  private static GetMaintenanceWindowTaskResponse withoutTargets(
      GetMaintenanceWindowTaskResponse task) {
    if (task.taskType() == MaintenanceWindowTaskType.RUN_COMMAND) {
      throw Refusals.validation("A task of type RUN_COMMAND must have targets.");
    }
    requireAbsent("MaxConcurrency", task.maxConcurrency());
    requireAbsent("MaxErrors", task.maxErrors());
    return task.toBuilder().maxConcurrency(NO_TARGETS_LIMIT).maxErrors(NO_TARGETS_LIMIT).build();
  }

  private static void requireAbsent(String member, @Nullable String value) {
    if (value != null) {
      throw Refusals.validation(
          "Maintenance window tasks without targets don't support " + member + " values");
    }
  }

  private void requireRegistered(Handle db, String windowId, List<String> ids) {
    requireCount("WindowTargetIds", "window targets", ids, parts.limits().targetsPerTask());
    for (String id : ids) {
      if (parts.targets().find(db, windowId, id).isEmpty()) {
        throw Refusals.notThere("Maintenance window target", id);
      }
    }
  }

  private void requireAssociated(Handle db, Window window, List<String> instanceIds) {
    requireCount("InstanceIds", "instance IDs", instanceIds, parts.limits().instanceIdsPerTarget());
    if (window.document().allowUnassociatedTargets()) {
      return;
    }
    Set<String> strangers = new TreeSet<>(instanceIds);
    for (Registered<MaintenanceWindowTarget> target : parts.targets().of(db, window.id())) {
      strangers.removeAll(nodes.of(db, target.document()));
    }
    if (!strangers.isEmpty()) {
      throw Refusals.validation(
          "The maintenance window does not allow unassociated targets, and these belong to none of"
              + " its targets: "
              + String.join(", ", strangers));
    }
  }

  private static void requireCount(String key, String what, List<String> values, int most) {
    if (values.isEmpty()) {
      throw Refusals.validation("The target key '" + key + "' has no values.");
    }
    if (values.size() > most) {
      throw Refusals.validation("The maximum number of " + what + " is " + most);
    }
  }
}

package dev.fleetmend.server.window;

import dev.fleetmend.api.Structures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.LoggingInfo;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowRunCommandParameters;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskInvocationParameters;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** What a Run Command task asks for; old clients say it in TaskParameters and LoggingInfo. */
final class TaskParameters {
  private TaskParameters() {}

  /** The command's document parameters. */
  static Map<String, List<String>> of(GetMaintenanceWindowTaskResponse task) {
    MaintenanceWindowRunCommandParameters command = runCommand(task);
    if (command.hasParameters()) {
      return command.parameters();
    }
    Map<String, List<String>> old = new TreeMap<>();
    task.taskParameters().forEach((name, value) -> old.put(name, value.values()));
    return old;
  }

  /** The command, but for its targets and with its parameters as they stand in the task. */
  static SendCommandRequest.Builder command(GetMaintenanceWindowTaskResponse task) {
    SendCommandRequest.Builder command =
        Structures.copy(runCommand(task), SendCommandRequest.builder())
            .documentName(task.taskArn())
            .maxConcurrency(task.maxConcurrency())
            .maxErrors(task.maxErrors())
            .parameters(of(task));
    LoggingInfo logging = task.loggingInfo();
    if (logging != null && runCommand(task).outputS3BucketName() == null) {
      command
          .outputS3BucketName(logging.s3BucketName())
          .outputS3KeyPrefix(logging.s3KeyPrefix())
          .outputS3Region(logging.s3Region());
    }
    return command;
  }

  private static MaintenanceWindowRunCommandParameters runCommand(
      GetMaintenanceWindowTaskResponse task) {
    MaintenanceWindowTaskInvocationParameters given = task.taskInvocationParameters();
    return given == null || given.runCommand() == null
        ? MaintenanceWindowRunCommandParameters.builder().build()
        : given.runCommand();
  }
}

package dev.fleetmend.server.window;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskInvocationResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecution;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskInvocationIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskParameterValueExpression;

/** Executions, their tasks and invocations as SSM shows them. */
final class ExecutionViews {
  private ExecutionViews() {}

  static MaintenanceWindowExecution listed(Execution execution) {
    State state = execution.state();
    return MaintenanceWindowExecution.builder()
        .windowId(execution.windowId())
        .windowExecutionId(execution.id())
        .status(state.status())
        .statusDetails(state.details())
        .startTime(execution.startedAt())
        .endTime(state.endedAt())
        .build();
  }

  static MaintenanceWindowExecutionTaskIdentity listed(TaskExecution task) {
    State state = task.state();
    return MaintenanceWindowExecutionTaskIdentity.builder()
        .windowExecutionId(task.executionId())
        .taskExecutionId(task.id())
        .status(state.status())
        .statusDetails(state.details())
        .startTime(state.startedAt())
        .endTime(state.endedAt())
        .taskArn(task.task().taskArn())
        .taskType(task.task().taskType())
        .alarmConfiguration(task.task().alarmConfiguration())
        .build();
  }

  static MaintenanceWindowExecutionTaskInvocationIdentity listed(
      TaskExecution task, Invocation invocation) {
    State state = invocation.state();
    return MaintenanceWindowExecutionTaskInvocationIdentity.builder()
        .windowExecutionId(invocation.executionId())
        .taskExecutionId(invocation.taskId())
        .invocationId(invocation.id())
        .executionId(invocation.commandId())
        .taskType(task.task().taskType())
        .parameters(invocation.parameters())
        .status(state.status())
        .statusDetails(state.details())
        .startTime(state.startedAt())
        .endTime(state.endedAt())
        .ownerInformation(invocation.ownerInformation())
        .windowTargetId(invocation.windowTargetId())
        .build();
  }

  static GetMaintenanceWindowExecutionTaskResponse shown(TaskExecution execution) {
    GetMaintenanceWindowTaskResponse task = execution.task();
    State state = execution.state();
    return GetMaintenanceWindowExecutionTaskResponse.builder()
        .windowExecutionId(execution.executionId())
        .taskExecutionId(execution.id())
        .taskArn(task.taskArn())
        .serviceRole(task.serviceRoleArn())
        .type(task.taskType())
        .taskParameters(List.of(parameters(task)))
        .priority(task.priority())
        .maxConcurrency(task.maxConcurrency())
        .maxErrors(task.maxErrors())
        .status(state.status())
        .statusDetails(state.details())
        .startTime(state.startedAt())
        .endTime(state.endedAt())
        .alarmConfiguration(task.alarmConfiguration())
        .build();
  }

  static GetMaintenanceWindowExecutionTaskInvocationResponse shown(
      TaskExecution task, Invocation invocation) {
    State state = invocation.state();
    return GetMaintenanceWindowExecutionTaskInvocationResponse.builder()
        .windowExecutionId(invocation.executionId())
        .taskExecutionId(invocation.taskId())
        .invocationId(invocation.id())
        .executionId(invocation.commandId())
        .taskType(task.task().taskType())
        .parameters(invocation.parameters())
        .status(state.status())
        .statusDetails(state.details())
        .startTime(state.startedAt())
        .endTime(state.endedAt())
        .ownerInformation(invocation.ownerInformation())
        .windowTargetId(invocation.windowTargetId())
        .build();
  }

  private static Map<String, MaintenanceWindowTaskParameterValueExpression> parameters(
      GetMaintenanceWindowTaskResponse task) {
    Map<String, MaintenanceWindowTaskParameterValueExpression> shown = new TreeMap<>();
    TaskParameters.of(task)
        .forEach(
            (name, values) ->
                shown.put(
                    name,
                    MaintenanceWindowTaskParameterValueExpression.builder()
                        .values(values)
                        .build()));
    return shown;
  }
}

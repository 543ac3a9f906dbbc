package dev.fleetmend.server.window;

import dev.fleetmend.api.Structures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskInvocationResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecution;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskInvocationIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskParameterValueExpression;

/** Executions, their tasks and invocations as SSM shows them. */
final class ExecutionViews {
  /** Among a task's parameters stand the nodes that it was run on. */
  private static final String NODES = "aws:InstanceId";

  private ExecutionViews() {}

  static MaintenanceWindowExecution listed(Execution execution) {
    return Structures.copy(shown(execution, List.of()), MaintenanceWindowExecution.builder())
        .windowId(execution.windowId())
        .build();
  }

  static GetMaintenanceWindowExecutionResponse shown(
      Execution execution, List<TaskExecution> tasks) {
    State state = execution.state();
    return GetMaintenanceWindowExecutionResponse.builder()
        .windowExecutionId(execution.id())
        .taskIds(tasks.stream().map(TaskExecution::id).toList())
        .status(state.status())
        .statusDetails(state.details())
        .startTime(execution.startedAt())
        .endTime(state.endedAt())
        .build();
  }

  static MaintenanceWindowExecutionTaskIdentity listed(TaskExecution task) {
    return Structures.copy(shown(task, List.of()), MaintenanceWindowExecutionTaskIdentity.builder())
        .taskType(task.task().taskType())
        .build();
  }

  static GetMaintenanceWindowExecutionTaskResponse shown(
      TaskExecution execution, List<Invocation> invocations) {
    GetMaintenanceWindowTaskResponse task = execution.task();
    State state = execution.state();
    return GetMaintenanceWindowExecutionTaskResponse.builder()
        .windowExecutionId(execution.executionId())
        .taskExecutionId(execution.id())
        .taskArn(task.taskArn())
        .serviceRole(task.serviceRoleArn())
        .type(task.taskType())
        .taskParameters(List.of(parameters(task, invocations)))
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

  static MaintenanceWindowExecutionTaskInvocationIdentity listed(
      TaskExecution task, Invocation invocation) {
    return Structures.copy(
            shown(task, invocation), MaintenanceWindowExecutionTaskInvocationIdentity.builder())
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
      GetMaintenanceWindowTaskResponse task, List<Invocation> invocations) {
    Map<String, List<String>> values = new TreeMap<>(TaskParameters.of(task));
    List<String> nodes =
        invocations.stream()
            .flatMap(invocation -> SentParameters.nodes(invocation.parameters()).stream())
            .distinct()
            .toList();
    if (!nodes.isEmpty()) {
      values.put(NODES, nodes);
    }
    Map<String, MaintenanceWindowTaskParameterValueExpression> shown = new TreeMap<>();
    values.forEach((name, texts) -> shown.put(name, expression(texts)));
    return shown;
  }

  private static MaintenanceWindowTaskParameterValueExpression expression(List<String> values) {
    return MaintenanceWindowTaskParameterValueExpression.builder().values(values).build();
  }
}

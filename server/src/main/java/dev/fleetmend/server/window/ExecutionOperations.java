package dev.fleetmend.server.window;

import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CancelMaintenanceWindowExecutionRequest;
import software.amazon.awssdk.services.ssm.model.CancelMaintenanceWindowExecutionResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTaskInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTaskInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTasksRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTasksResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionsResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskInvocationResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskResponse;

/** What came of windows: Describe- and Get- of executions, tasks, invocations, and Cancel-. */
final class ExecutionOperations {
  private final WindowParts parts;
  private final ExecutionTable executions;
  private final TaskExecutionTable tasks;
  private final InvocationTable invocations;
  private final ExecutionFlow flow;
  private final Filters<Execution> filters =
      new Filters<Execution>()
          .before("ExecutedBefore", Execution::startedAt)
          .after("ExecutedAfter", Execution::startedAt);
  private final Filters<State> statuses =
      new Filters<State>().text("STATUS", state -> state.status().toString());

  ExecutionOperations(
      WindowParts parts,
      ExecutionTable executions,
      TaskExecutionTable tasks,
      InvocationTable invocations,
      ExecutionFlow flow) {
    this.parts = parts;
    this.executions = executions;
    this.tasks = tasks;
    this.invocations = invocations;
    this.flow = flow;
  }

  void offer(Operations operations) {
    operations.on(DescribeMaintenanceWindowExecutionsRequest.class, this::describe);
    operations.on(DescribeMaintenanceWindowExecutionTasksRequest.class, this::describeTasks);
    operations.on(
        DescribeMaintenanceWindowExecutionTaskInvocationsRequest.class, this::describeInvocations);
    operations.on(GetMaintenanceWindowExecutionRequest.class, this::get);
    operations.on(GetMaintenanceWindowExecutionTaskRequest.class, this::getTask);
    operations.on(GetMaintenanceWindowExecutionTaskInvocationRequest.class, this::getInvocation);
    operations.on(CancelMaintenanceWindowExecutionRequest.class, this::cancel);
  }

  private DescribeMaintenanceWindowExecutionsResponse describe(
      DescribeMaintenanceWindowExecutionsRequest request, Caller caller) {
    List<Execution> all = parts.core().store().read(db -> executions.of(db, request.windowId()));
    Page<Execution> page =
        WindowParts.page(
            all,
            filters.of(request.filters()),
            Execution::pageKey,
            request.nextToken(),
            request.maxResults());
    return DescribeMaintenanceWindowExecutionsResponse.builder()
        .windowExecutions(page.items().stream().map(ExecutionViews::listed).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private DescribeMaintenanceWindowExecutionTasksResponse describeTasks(
      DescribeMaintenanceWindowExecutionTasksRequest request, Caller caller) {
    List<TaskExecution> all =
        parts.core().store().read(db -> tasks(db, request.windowExecutionId()));
    Predicate<State> wanted = statuses.of(request.filters());
    Page<TaskExecution> page =
        WindowParts.page(
            all,
            task -> wanted.test(task.state()),
            task -> PageKeys.ascending(task.position(), task.id()),
            request.nextToken(),
            request.maxResults());
    return DescribeMaintenanceWindowExecutionTasksResponse.builder()
        .windowExecutionTaskIdentities(page.items().stream().map(ExecutionViews::listed).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private DescribeMaintenanceWindowExecutionTaskInvocationsResponse describeInvocations(
      DescribeMaintenanceWindowExecutionTaskInvocationsRequest request, Caller caller) {
    TaskExecution task =
        parts.core().store().read(db -> task(db, request.windowExecutionId(), request.taskId()));
    List<Invocation> all = parts.core().store().read(db -> invocations.of(db, task.id()));
    Predicate<State> wanted = statuses.of(request.filters());
    Page<Invocation> page =
        WindowParts.page(
            all,
            invocation -> wanted.test(invocation.state()),
            invocation -> PageKeys.ascending(invocation.position(), invocation.id()),
            request.nextToken(),
            request.maxResults());
    return DescribeMaintenanceWindowExecutionTaskInvocationsResponse.builder()
        .windowExecutionTaskInvocationIdentities(
            page.items().stream().map(i -> ExecutionViews.listed(task, i)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private GetMaintenanceWindowExecutionResponse get(
      GetMaintenanceWindowExecutionRequest request, Caller caller) {
    return parts
        .core()
        .store()
        .read(
            db -> {
              Execution execution = execution(db, request.windowExecutionId());
              return ExecutionViews.shown(execution, tasks.of(db, execution.id()));
            });
  }

  private GetMaintenanceWindowExecutionTaskResponse getTask(
      GetMaintenanceWindowExecutionTaskRequest request, Caller caller) {
    return parts
        .core()
        .store()
        .read(
            db -> {
              TaskExecution task = task(db, request.windowExecutionId(), request.taskId());
              return ExecutionViews.shown(task, invocations.of(db, task.id()));
            });
  }

  private GetMaintenanceWindowExecutionTaskInvocationResponse getInvocation(
      GetMaintenanceWindowExecutionTaskInvocationRequest request, Caller caller) {
    return parts
        .core()
        .store()
        .read(
            db -> {
              TaskExecution task = task(db, request.windowExecutionId(), request.taskId());
              return invocations.of(db, task.id()).stream()
                  .filter(invocation -> invocation.id().equals(request.invocationId()))
                  .findFirst()
                  .map(invocation -> ExecutionViews.shown(task, invocation))
                  .orElseThrow(
                      () ->
                          Refusals.notThere(
                              "Maintenance window invocation", request.invocationId()));
            });
  }

  private CancelMaintenanceWindowExecutionResponse cancel(
      CancelMaintenanceWindowExecutionRequest request, Caller caller) {
    String id = request.windowExecutionId();
    parts
        .core()
        .store()
        .change(
            tx -> {
              Execution execution =
                  executions
                      .lock(tx, id)
                      .orElseThrow(() -> Refusals.notThere("Maintenance window execution", id));
              if (!execution.state().ended()) {
                executions.state(tx, id, execution.state().cancelling());
                flow.advance(tx, id);
              }
            });
    return CancelMaintenanceWindowExecutionResponse.builder().windowExecutionId(id).build();
  }

  private Execution execution(Handle db, String id) {
    return executions
        .find(db, id)
        .orElseThrow(() -> Refusals.notThere("Maintenance window execution", id));
  }

  private List<TaskExecution> tasks(Handle db, String executionId) {
    execution(db, executionId);
    return tasks.of(db, executionId);
  }

  private TaskExecution task(Handle db, String executionId, String id) {
    return tasks(db, executionId).stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Refusals.notThere("Maintenance window task execution", id));
  }
}

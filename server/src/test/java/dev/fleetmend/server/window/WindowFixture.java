package dev.fleetmend.server.window;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.AcknowledgeMessageRequest;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.SendReplyRequest;
import dev.fleetmend.protocol.message.SendReplyResponse;
import dev.fleetmend.protocol.message.StepResult;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTaskInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTaskInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTasksRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTasksResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionsResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecution;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskInvocationIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.RegisterTargetWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.RegisterTargetWithMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.Target;

/** What the tests of running windows ask of a server again and again. */
record WindowFixture(TestServer server) {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";

  /** Creates a window of two hours with its cut-off in the middle. */
  String window(String schedule) {
    return create(window -> window.schedule(schedule).duration(2));
  }

  /** Creates a window of Sunday's nights, unless told otherwise. */
  String create(Consumer<CreateMaintenanceWindowRequest.Builder> more) {
    CreateMaintenanceWindowRequest.Builder request =
        CreateMaintenanceWindowRequest.builder()
            .name("nightly")
            .schedule("cron(0 2 ? * SUN *)")
            .duration(4)
            .cutoff(1)
            .allowUnassociatedTargets(true);
    more.accept(request);
    return server.call(request.build(), CreateMaintenanceWindowResponse.class).windowId();
  }

  static Target target(String key, String... values) {
    return Target.builder().key(key).values(values).build();
  }

  String target(String window, Target target) {
    return server
        .call(
            RegisterTargetWithMaintenanceWindowRequest.builder()
                .windowId(window)
                .resourceType(MaintenanceWindowResourceType.INSTANCE)
                .ownerInformation("operations")
                .targets(target)
                .build(),
            RegisterTargetWithMaintenanceWindowResponse.class)
        .windowTargetId();
  }

  /** Registers a task that runs a shell script on a host, unless told otherwise. */
  String task(
      String window,
      TestHost host,
      Consumer<RegisterTaskWithMaintenanceWindowRequest.Builder> more) {
    return task(
        task -> {
          task.windowId(window)
              .taskArn("AWS-RunShellScript")
              .targets(target("InstanceIds", host.id()))
              .maxConcurrency("1")
              .maxErrors("0")
              .taskInvocationParameters(
                  given ->
                      given.runCommand(
                          run ->
                              run.timeoutSeconds(7200)
                                  .parameters(
                                      Map.of(
                                          "commands", List.of("echo {{WINDOW_ID}} {{ other }}")))));
          more.accept(task);
        });
  }

  /** Registers a task of Run Command that patches, unless told otherwise. */
  String task(Consumer<RegisterTaskWithMaintenanceWindowRequest.Builder> more) {
    RegisterTaskWithMaintenanceWindowRequest.Builder request =
        RegisterTaskWithMaintenanceWindowRequest.builder()
            .taskType(MaintenanceWindowTaskType.RUN_COMMAND)
            .taskArn("AWS-RunPatchBaseline");
    more.accept(request);
    return server
        .call(request.build(), RegisterTaskWithMaintenanceWindowResponse.class)
        .windowTaskId();
  }

  GetMaintenanceWindowTaskResponse shownTask(String window, String id) {
    return server.call(
        GetMaintenanceWindowTaskRequest.builder().windowId(window).windowTaskId(id).build(),
        GetMaintenanceWindowTaskResponse.class);
  }

  static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Sets the clock and does what is due by it. */
  void at(Instant instant) {
    server.clock().set(instant);
    server.runDue();
  }

  /** A window's executions, newest first. */
  List<MaintenanceWindowExecution> executions(String window) {
    return server
        .call(
            DescribeMaintenanceWindowExecutionsRequest.builder()
                .windowId(window)
                .maxResults(100)
                .build(),
            DescribeMaintenanceWindowExecutionsResponse.class)
        .windowExecutions();
  }

  MaintenanceWindowExecution last(String window) {
    return executions(window).getFirst();
  }

  List<MaintenanceWindowExecutionTaskIdentity> tasks(String execution) {
    return server
        .call(
            DescribeMaintenanceWindowExecutionTasksRequest.builder()
                .windowExecutionId(execution)
                .build(),
            DescribeMaintenanceWindowExecutionTasksResponse.class)
        .windowExecutionTaskIdentities();
  }

  List<String> taskStates(String execution) {
    return tasks(execution).stream()
        .map(MaintenanceWindowExecutionTaskIdentity::statusAsString)
        .toList();
  }

  /** The invocations of an execution's first task. */
  List<MaintenanceWindowExecutionTaskInvocationIdentity> invocations(String execution) {
    return server
        .call(
            DescribeMaintenanceWindowExecutionTaskInvocationsRequest.builder()
                .windowExecutionId(execution)
                .taskId(tasks(execution).getFirst().taskExecutionId())
                .build(),
            DescribeMaintenanceWindowExecutionTaskInvocationsResponse.class)
        .windowExecutionTaskInvocationIdentities();
  }

  List<Command> commands() {
    return server
        .call(ListCommandsRequest.builder().build(), ListCommandsResponse.class)
        .commands();
  }

  /** Has a host take over the newest command that has not ended. */
  Command acknowledge(TestHost host) {
    Command open =
        commands().stream()
            .filter(command -> command.completedCount() == 0)
            .findFirst()
            .orElseThrow();
    server.call(
        MDS + "AcknowledgeMessage",
        new AcknowledgeMessageRequest(new MessageId(open.commandId(), host.id()).text()),
        host.caller(),
        Empty.class);
    return open;
  }

  /** Has a host take over the newest command that has not ended, and end it. */
  void finish(TestHost host, String status) {
    Command open = acknowledge(host);
    StepResult step =
        new StepResult(
            status,
            0,
            "aws:runShellScript",
            "",
            "2026-11-03T02:00:00.000Z",
            "2026-11-03T02:00:01.000Z",
            "",
            "",
            "",
            "",
            "");
    CommandReply reply = new CommandReply(null, status, "", Map.of("aws:runShellScript", step));
    server.call(
        MDS + "SendReply",
        new SendReplyRequest(
            new MessageId(open.commandId(), host.id()).text(),
            open.commandId(),
            new String(new RecordJson(Naming.CAMEL).write(reply), UTF_8)),
        host.caller(),
        SendReplyResponse.class);
    server.runDue();
  }
}

package dev.fleetmend.server.window;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.AcknowledgeMessageRequest;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.protocol.message.SendReplyRequest;
import dev.fleetmend.protocol.message.SendReplyResponse;
import dev.fleetmend.protocol.message.StepResult;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CancelMaintenanceWindowExecutionRequest;
import software.amazon.awssdk.services.ssm.model.CancelMaintenanceWindowExecutionResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTaskInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTaskInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTasksRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTasksResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecution;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.Target;

class WindowExecutionTest {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";
  private static final Instant TWO = Instant.parse("2026-11-03T02:00:00Z");

  @TempDir Path folder;

  private TestServer start(Databases engine) {
    return TestServer.start(engine, folder);
  }

  private static String window(TestServer server, String schedule) {
    return server
        .call(
            CreateMaintenanceWindowRequest.builder()
                .name("nightly")
                .schedule(schedule)
                .duration(2)
                .cutoff(1)
                .allowUnassociatedTargets(true)
                .build(),
            CreateMaintenanceWindowResponse.class)
        .windowId();
  }

  private static void task(
      TestServer server,
      String window,
      TestHost host,
      Consumer<RegisterTaskWithMaintenanceWindowRequest.Builder> more) {
    RegisterTaskWithMaintenanceWindowRequest.Builder request =
        RegisterTaskWithMaintenanceWindowRequest.builder()
            .windowId(window)
            .taskType(MaintenanceWindowTaskType.RUN_COMMAND)
            .taskArn("AWS-RunShellScript")
            .targets(Target.builder().key("InstanceIds").values(host.id()).build())
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
    more.accept(request);
    server.call(request.build(), RegisterTaskWithMaintenanceWindowResponse.class);
  }

  private static void at(TestServer server, Instant instant) {
    server.clock().set(instant);
    server.runDue();
  }

  private static List<MaintenanceWindowExecution> executions(TestServer server, String window) {
    return server
        .call(
            DescribeMaintenanceWindowExecutionsRequest.builder()
                .windowId(window)
                .maxResults(100)
                .build(),
            DescribeMaintenanceWindowExecutionsResponse.class)
        .windowExecutions();
  }

  private static MaintenanceWindowExecution last(TestServer server, String window) {
    return executions(server, window).getFirst();
  }

  private static List<MaintenanceWindowExecutionTaskIdentity> tasks(
      TestServer server, String execution) {
    return server
        .call(
            DescribeMaintenanceWindowExecutionTasksRequest.builder()
                .windowExecutionId(execution)
                .build(),
            DescribeMaintenanceWindowExecutionTasksResponse.class)
        .windowExecutionTaskIdentities();
  }

  private static List<Command> commands(TestServer server) {
    return server
        .call(ListCommandsRequest.builder().build(), ListCommandsResponse.class)
        .commands();
  }

  private static void finish(TestServer server, TestHost host, String status) {
    Command open =
        commands(server).stream()
            .filter(command -> command.completedCount() == 0)
            .findFirst()
            .orElseThrow();
    String message = new MessageId(open.commandId(), host.id()).text();
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
        MDS + "AcknowledgeMessage",
        new AcknowledgeMessageRequest(message),
        host.caller(),
        Empty.class);
    server.call(
        MDS + "SendReply",
        new SendReplyRequest(
            message,
            open.commandId(),
            new String(new RecordJson(Naming.CAMEL).write(reply), UTF_8)),
        host.caller(),
        SendReplyResponse.class);
    server.runDue();
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void aYearOfDailyStartsIsRunEachOnce(Databases engine) {
    try (TestServer server = start(engine)) {
      String window = window(server, "cron(0 2 ? * * *)");

      int recorded = 0;
      for (int day = 0; day < 365; day++) {
        at(server, TWO.plus(Duration.ofDays(day)));
        server.runDue();
        assertThat(last(server, window).startTime()).isEqualTo(TWO.plus(Duration.ofDays(day)));
        assertThat(last(server, window).statusAsString()).isEqualTo("SUCCESS");
        recorded = executions(server, window).size();
      }

      assertThat(recorded).isBetween(30, 31);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tasksRunInOrderOfPriorityAndTheWindowEndsWithTheLast(Databases engine) {
    try (TestServer server = start(engine)) {
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = window(server, "cron(0 2 ? * * *)");
      task(server, window, host, task -> task.priority(5));
      task(server, window, host, task -> task.priority(0));

      at(server, TWO);
      assertThat(commands(server)).hasSize(1);
      assertThat(commands(server).getFirst().parameters().get("commands"))
          .containsExactly("echo " + window + " {{ other }}");
      String execution = last(server, window).windowExecutionId();
      assertThat(tasks(server, execution))
          .extracting(task -> task.statusAsString())
          .containsExactly("IN_PROGRESS", "PENDING");

      server.restart();
      server.runDue();
      finish(server, host, "Success");
      assertThat(commands(server)).hasSize(2);
      finish(server, host, "Failed");

      assertThat(tasks(server, execution))
          .extracting(task -> task.statusAsString())
          .containsExactly("SUCCESS", "FAILED");
      assertThat(last(server, window).statusAsString()).isEqualTo("FAILED");
      assertThat(last(server, window).statusDetails())
          .isEqualTo("One or more tasks in the orchestration failed.");
      assertThat(
              server
                  .call(
                      DescribeMaintenanceWindowExecutionTaskInvocationsRequest.builder()
                          .windowExecutionId(execution)
                          .taskId(tasks(server, execution).getFirst().taskExecutionId())
                          .build(),
                      DescribeMaintenanceWindowExecutionTaskInvocationsResponse.class)
                  .windowExecutionTaskInvocationIdentities()
                  .getFirst()
                  .statusDetails())
          .isEqualTo("Success");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStartMissedWhileNoServerRanIsRecordedAndNotRunLate(Databases engine) {
    try (TestServer server = start(engine)) {
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = window(server, "cron(0 2 ? * * *)");
      task(server, window, host, task -> {});

      server.clock().set(TWO.plus(Duration.ofHours(27)));
      server.restart();
      server.runDue();
      server.runDue();

      assertThat(executions(server, window)).hasSize(2);
      assertThat(executions(server, window))
          .allMatch(execution -> execution.statusAsString().equals("TIMED_OUT"))
          .allMatch(execution -> execution.statusDetails().startsWith("Missed:"));
      assertThat(commands(server)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatIsBackBeforeTheCutoffStartsTheWindow(Databases engine) {
    try (TestServer server = start(engine)) {
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = window(server, "cron(0 2 ? * * *)");
      task(server, window, host, task -> {});

      server.restart();
      at(server, TWO.plus(Duration.ofMinutes(59)));

      assertThat(last(server, window).statusAsString()).isEqualTo("IN_PROGRESS");
      assertThat(commands(server)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromTheCutoffOnNothingMoreStarts(Databases engine) {
    try (TestServer server = start(engine)) {
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = window(server, "cron(0 2 ? * * *)");
      task(server, window, host, task -> task.priority(0));
      task(server, window, host, task -> task.priority(1));

      at(server, TWO);
      String execution = last(server, window).windowExecutionId();
      at(server, TWO.plus(Duration.ofHours(1)));
      assertThat(tasks(server, execution))
          .extracting(task -> task.statusAsString())
          .containsExactly("IN_PROGRESS", "TIMED_OUT");

      finish(server, host, "Success");
      assertThat(last(server, window).statusAsString()).isEqualTo("TIMED_OUT");
      assertThat(commands(server)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWindowThatStillRunsSkipsItsNextStart(Databases engine) {
    try (TestServer server = start(engine)) {
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = window(server, "rate(30 minutes)");
      task(server, window, host, task -> {});

      at(server, TestServer.START.plus(Duration.ofMinutes(30)));
      at(server, TestServer.START.plus(Duration.ofMinutes(60)));

      assertThat(executions(server, window))
          .extracting(execution -> execution.statusAsString())
          .containsExactly("SKIPPED_OVERLAPPING", "IN_PROGRESS");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSixthWindowWaitsForAPlace(Databases engine) {
    try (TestServer server = start(engine)) {
      TestHost host = TestHost.online(server, "web01", Map.of());
      List<String> windows =
          IntStream.range(0, 6).mapToObj(i -> window(server, "cron(0 2 ? * * *)")).toList();
      windows.forEach(window -> task(server, window, host, task -> {}));

      at(server, TWO);
      assertThat(commands(server)).hasSize(5);
      finish(server, host, "Success");
      server.runDue();

      assertThat(commands(server)).hasSize(6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledExecutionLetsWhatRunsEndAndStartsNothingMore(Databases engine) {
    try (TestServer server = start(engine)) {
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = window(server, "cron(0 2 ? * * *)");
      task(server, window, host, task -> task.priority(0));
      task(server, window, host, task -> task.priority(1));
      at(server, TWO);
      String execution = last(server, window).windowExecutionId();

      server.call(
          CancelMaintenanceWindowExecutionRequest.builder().windowExecutionId(execution).build(),
          CancelMaintenanceWindowExecutionResponse.class);
      assertThat(last(server, window).statusAsString()).isEqualTo("CANCELLING");
      finish(server, host, "Success");

      assertThat(last(server, window).statusAsString()).isEqualTo("CANCELLED");
      assertThat(tasks(server, execution))
          .extracting(task -> task.statusAsString())
          .containsExactly("SUCCESS", "CANCELLED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAutomationTaskFailsAndSaysWhy(Databases engine) {
    try (TestServer server = start(engine)) {
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = window(server, "cron(0 2 ? * * *)");
      task(
          server,
          window,
          host,
          task ->
              task.taskType(MaintenanceWindowTaskType.AUTOMATION)
                  .taskInvocationParameters(given -> {}));

      at(server, TWO);

      assertThat(last(server, window).statusAsString()).isEqualTo("FAILED");
    }
  }
}

package dev.fleetmend.server.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CancelMaintenanceWindowExecutionRequest;
import software.amazon.awssdk.services.ssm.model.CancelMaintenanceWindowExecutionResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.LoggingInfo;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskInvocationIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskCutoffBehavior;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskInvocationParameters;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskParameterValueExpression;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.Target;

class WindowExecutionTest {
  private static final Instant TWO = Instant.parse("2026-11-03T02:00:00Z");

  @TempDir Path folder;

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void aYearOfDailyStartsIsRunEachOnce(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      String window = windows.window("cron(0 2 ? * * *)");

      int recorded = 0;
      for (int day = 0; day < 365; day++) {
        windows.at(TWO.plus(Duration.ofDays(day)));
        server.runDue();
        assertThat(windows.last(window).startTime()).isEqualTo(TWO.plus(Duration.ofDays(day)));
        assertThat(windows.last(window).statusAsString()).isEqualTo("SUCCESS");
        recorded = windows.executions(window).size();
      }

      assertThat(recorded).isBetween(30, 31);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tasksRunInOrderOfPriorityAndTheWindowEndsWithTheLast(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      windows.task(window, host, task -> task.priority(5));
      windows.task(window, host, task -> task.priority(0));

      windows.at(TWO);
      assertThat(windows.commands()).hasSize(1);
      assertThat(windows.commands().getFirst().parameters().get("commands"))
          .containsExactly("echo " + window + " {{ other }}");
      String execution = windows.last(window).windowExecutionId();
      assertThat(windows.taskStates(execution)).containsExactly("IN_PROGRESS", "PENDING");

      server.restart();
      server.runDue();
      windows.finish(host, "Success");
      assertThat(windows.commands()).hasSize(2);
      windows.finish(host, "Failed");

      assertThat(windows.taskStates(execution)).containsExactly("SUCCESS", "FAILED");
      assertThat(windows.last(window).statusAsString()).isEqualTo("FAILED");
      assertThat(windows.last(window).statusDetails())
          .isEqualTo("One or more tasks in the orchestration failed.");
      assertThat(windows.invocations(execution).getFirst().statusDetails()).isEqualTo("Success");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStartMissedWhileNoServerRanIsRecordedAndNotRunLate(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      windows.task(window, host, task -> {});

      server.clock().set(TWO.plus(Duration.ofHours(27)));
      server.restart();
      server.runDue();
      server.runDue();

      assertThat(windows.executions(window)).hasSize(2);
      assertThat(windows.executions(window))
          .allMatch(execution -> execution.statusAsString().equals("TIMED_OUT"))
          .allMatch(execution -> execution.statusDetails().startsWith("Missed:"));
      assertThat(windows.commands()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatIsBackBeforeTheCutoffStartsTheWindow(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      windows.task(window, host, task -> {});

      server.restart();
      windows.at(TWO.plus(Duration.ofMinutes(59)));

      assertThat(windows.last(window).statusAsString()).isEqualTo("IN_PROGRESS");
      assertThat(windows.commands()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromTheCutoffOnNothingMoreStarts(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      windows.task(window, host, task -> task.priority(0));
      windows.task(window, host, task -> task.priority(1));

      windows.at(TWO);
      String execution = windows.last(window).windowExecutionId();
      windows.at(TWO.plus(Duration.ofHours(1)));
      assertThat(windows.taskStates(execution)).containsExactly("IN_PROGRESS", "TIMED_OUT");

      windows.finish(host, "Success");
      assertThat(windows.last(window).statusAsString()).isEqualTo("TIMED_OUT");
      assertThat(windows.commands()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWindowThatStillRunsSkipsItsNextStart(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("rate(30 minutes)");
      windows.task(window, host, task -> {});

      windows.at(TestServer.START.plus(Duration.ofMinutes(30)));
      windows.at(TestServer.START.plus(Duration.ofMinutes(60)));

      assertThat(windows.executions(window))
          .extracting(execution -> execution.statusAsString())
          .containsExactly("SKIPPED_OVERLAPPING", "IN_PROGRESS");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSixthWindowWaitsForAPlace(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      for (int i = 0; i < 6; i++) {
        windows.task(windows.window("cron(0 2 ? * * *)"), host, task -> {});
      }

      windows.at(TWO);
      assertThat(windows.commands()).hasSize(5);
      windows.finish(host, "Success");
      server.runDue();

      assertThat(windows.commands()).hasSize(6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledExecutionLetsWhatRunsEndAndStartsNothingMore(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      windows.task(window, host, task -> task.priority(0));
      windows.task(window, host, task -> task.priority(1));
      windows.at(TWO);
      String execution = windows.last(window).windowExecutionId();

      server.call(
          CancelMaintenanceWindowExecutionRequest.builder().windowExecutionId(execution).build(),
          CancelMaintenanceWindowExecutionResponse.class);
      assertThat(windows.last(window).statusAsString()).isEqualTo("CANCELLING");
      windows.finish(host, "Success");

      assertThat(windows.last(window).statusAsString()).isEqualTo("CANCELLED");
      assertThat(windows.taskStates(execution)).containsExactly("SUCCESS", "CANCELLED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAutomationTaskFailsAndSaysWhy(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      windows.task(
          window,
          host,
          task ->
              task.taskType(MaintenanceWindowTaskType.AUTOMATION)
                  .taskInvocationParameters(given -> {}));

      windows.at(TWO);

      assertThat(windows.last(window).statusAsString()).isEqualTo("FAILED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTaskThatSaysSoIsCancelledAtTheCutoff(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      windows.task(
          window,
          host,
          task -> task.cutoffBehavior(MaintenanceWindowTaskCutoffBehavior.CANCEL_TASK));
      windows.at(TWO);
      windows.acknowledge(host);
      String execution = windows.last(window).windowExecutionId();

      windows.at(TWO.plus(Duration.ofHours(1)));
      assertThat(windows.commands().getFirst().statusAsString()).isEqualTo("Cancelling");
      assertThat(windows.invocations(execution).getFirst().statusAsString())
          .isEqualTo("CANCELLING");
      assertThat(windows.last(window).statusAsString()).isEqualTo("IN_PROGRESS");

      windows.finish(host, "Cancelled");
      assertThat(windows.invocations(execution).getFirst().statusAsString()).isEqualTo("TIMED_OUT");
      assertThat(windows.last(window).statusAsString()).isEqualTo("TIMED_OUT");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTaskSaysWhatWasSentAndToWhom(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of("Patch Group", "web"));
      String window = windows.window("cron(0 2 ? * * *)");
      String target =
          windows.target(window, Target.builder().key("tag:Patch Group").values("web").build());
      String task =
          windows.task(
              window,
              host,
              given ->
                  given
                      .serviceRoleArn("arn:aws:iam::000000000000:role/windows")
                      .targets(Target.builder().key("WindowTargetIds").values(target).build())
                      .taskInvocationParameters(
                          p ->
                              p.runCommand(
                                  run ->
                                      run.comment("{{WINDOW_TASK_ID}}")
                                          .parameters(
                                              Map.of(
                                                  "commands",
                                                  List.of("{{TARGET_TYPE}} {{ RESOURCE_ID }}"))))));

      windows.at(TWO);

      String execution = windows.last(window).windowExecutionId();
      GetMaintenanceWindowExecutionTaskResponse shown =
          server.call(
              GetMaintenanceWindowExecutionTaskRequest.builder()
                  .windowExecutionId(execution)
                  .taskId(windows.tasks(execution).getFirst().taskExecutionId())
                  .build(),
              GetMaintenanceWindowExecutionTaskResponse.class);
      assertThat(shown.taskParameters().getFirst())
          .isEqualTo(
              Map.of(
                  "commands", values("{{TARGET_TYPE}} {{ RESOURCE_ID }}"),
                  "aws:InstanceId", values(host.id())));
      assertThat(shown.serviceRole()).isEqualTo("arn:aws:iam::000000000000:role/windows");
      assertThat(shown.maxConcurrency()).isEqualTo("1");

      MaintenanceWindowExecutionTaskInvocationIdentity sent =
          windows.invocations(execution).getFirst();
      assertThat(sent.parameters())
          .isEqualTo(
              "{\"comment\":\"%s\",\"documentName\":\"AWS-RunShellScript\",\"instanceIds\":[\"%s\"],"
                      .formatted(task, host.id())
                  + "\"maxConcurrency\":\"1\",\"maxErrors\":\"0\","
                  + "\"parameters\":{\"commands\":[\"INSTANCE {{ RESOURCE_ID }}\"]}}");
      assertThat(sent.executionId()).isEqualTo(windows.commands().getFirst().commandId());
      assertThat(sent.ownerInformation()).isEqualTo("operations");
      assertThat(sent.windowTargetId()).isEqualTo(target);
    }
  }

  @Test
  void aTargetThatMeansNobodyFailsItsInvocation() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      String target =
          windows.target(window, Target.builder().key("tag:Patch Group").values("web").build());
      windows.task(
          window,
          host,
          task -> task.targets(Target.builder().key("WindowTargetIds").values(target).build()));

      windows.at(TWO);
      server.runDue();

      String execution = windows.last(window).windowExecutionId();
      assertThat(windows.last(window).statusAsString()).isEqualTo("FAILED");
      assertThat(windows.invocations(execution).getFirst().statusDetails())
          .isEqualTo("NoInstancesInTag");
    }
  }

  @Test
  void whatOldClientsSayInTaskParametersIsSent() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      WindowFixture windows = new WindowFixture(server);
      TestHost host = TestHost.online(server, "web01", Map.of());
      String window = windows.window("cron(0 2 ? * * *)");
      windows.task(
          window,
          host,
          task ->
              task.taskInvocationParameters((MaintenanceWindowTaskInvocationParameters) null)
                  .taskParameters(Map.of("commands", values("echo {{WINDOW_ID}}"))));

      windows.at(TWO);

      assertThat(windows.commands().getFirst().parameters().get("commands"))
          .containsExactly("echo " + window);
    }
  }

  @Test
  void whatOldClientsSayInLoggingInfoIsTheCommandsOutputFolder() {
    GetMaintenanceWindowTaskResponse task =
        GetMaintenanceWindowTaskResponse.builder()
            .taskArn("AWS-RunShellScript")
            .loggingInfo(
                LoggingInfo.builder()
                    .s3BucketName("logs")
                    .s3KeyPrefix("windows")
                    .s3Region("us-east-1")
                    .build())
            .build();

    SendCommandRequest command = TaskParameters.command(task).build();

    assertThat(command.outputS3BucketName()).isEqualTo("logs");
    assertThat(command.outputS3KeyPrefix()).isEqualTo("windows");
    assertThat(command.outputS3Region()).isEqualTo("us-east-1");
  }

  private static MaintenanceWindowTaskParameterValueExpression values(String value) {
    return MaintenanceWindowTaskParameterValueExpression.builder().values(value).build();
  }
}

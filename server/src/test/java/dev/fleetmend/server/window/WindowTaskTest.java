package dev.fleetmend.server.window;

import static dev.fleetmend.server.window.WindowFixture.refused;
import static dev.fleetmend.server.window.WindowFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.DeregisterTargetFromMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterTargetFromMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTaskRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTaskResponse;

class WindowTaskTest {
  private static final String NODE = "mi-0123456789abcdef0";

  @TempDir Path folder;
  private TestServer server;
  private WindowFixture windows;

  @BeforeEach
  void start() {
    server = TestServer.start(Databases.SQLITE, folder);
    windows = new WindowFixture(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aTaskNamesTargetsOfItsOwnWindowAndLimits() {
    String window = windows.create(w -> {});
    String other = windows.create(w -> {});
    String targetId = windows.target(window, target("tag:Patch Group", "web"));
    String foreign = windows.target(other, target("InstanceIds", NODE));

    refused("ValidationException", () -> windows.task(t -> t.windowId(window)));
    refused(
        "ValidationException",
        () -> windows.task(t -> t.windowId(window).targets(target("WindowTargetIds", targetId))));
    refused(
        "DoesNotExistException",
        () ->
            windows.task(
                t ->
                    t.windowId(window)
                        .maxConcurrency("1")
                        .maxErrors("0")
                        .targets(target("WindowTargetIds", foreign))));
    refused(
        "FeatureNotAvailableException",
        () -> windows.task(t -> t.windowId(window).taskType(MaintenanceWindowTaskType.LAMBDA)));
    refused(
        "ValidationException",
        () ->
            windows.task(
                t ->
                    t.windowId(window)
                        .taskType(MaintenanceWindowTaskType.AUTOMATION)
                        .maxErrors("1")));

    String id =
        windows.task(
            t ->
                t.windowId(window)
                    .maxConcurrency("10%")
                    .maxErrors("0")
                    .targets(target("WindowTargetIds", targetId)));
    assertThat(windows.shownTask(window, id).priority()).isZero();
    assertThat(windows.shownTask(window, id).maxConcurrency()).isEqualTo("10%");
    refused(
        "TargetInUseException",
        () ->
            server.call(
                DeregisterTargetFromMaintenanceWindowRequest.builder()
                    .windowId(window)
                    .windowTargetId(targetId)
                    .safe(true)
                    .build(),
                DeregisterTargetFromMaintenanceWindowResponse.class));
  }

  @Test
  void aTaskWithoutTargetsShowsOneForItsLimitsAlsoOnceChanged() {
    String window = windows.create(w -> {});
    String id =
        windows.task(
            t ->
                t.windowId(window)
                    .taskType(MaintenanceWindowTaskType.AUTOMATION)
                    .taskInvocationParameters(
                        p -> p.automation(a -> a.parameters(Map.of("A", List.of("1"))))));

    updateTask(window, id, t -> t.priority(3));

    GetMaintenanceWindowTaskResponse task = windows.shownTask(window, id);
    assertThat(task.maxConcurrency()).isEqualTo("1");
    assertThat(task.maxErrors()).isEqualTo("1");
    assertThat(task.priority()).isEqualTo(3);
    assertThat(task.taskInvocationParameters().automation().parameters())
        .isEqualTo(Map.of("A", List.of("1")));
  }

  @Test
  void anUpdateOfATaskReplacesItsInvocationParametersAsAWhole() {
    String window = windows.create(w -> {});
    String id =
        windows.task(
            t ->
                t.windowId(window)
                    .description("nightly")
                    .maxConcurrency("1")
                    .maxErrors("0")
                    .targets(target("InstanceIds", NODE))
                    .taskInvocationParameters(
                        p ->
                            p.runCommand(
                                run ->
                                    run.comment("c")
                                        .parameters(Map.of("Operation", List.of("Scan"))))));

    updateTask(
        window,
        id,
        t ->
            t.taskInvocationParameters(
                p -> p.runCommand(run -> run.parameters(Map.of("Operation", List.of("Install"))))));

    assertThat(windows.shownTask(window, id).description()).isEqualTo("nightly");
    assertThat(windows.shownTask(window, id).taskInvocationParameters().runCommand().comment())
        .isNull();

    refused("ValidationException", () -> updateTask(window, id, t -> t.replace(true).taskArn("x")));
    updateTask(
        window,
        id,
        t ->
            t.replace(true)
                .taskArn("AWS-RunShellScript")
                .priority(4)
                .maxConcurrency("2")
                .maxErrors("1")
                .targets(target("InstanceIds", NODE)));
    assertThat(windows.shownTask(window, id).description()).isNull();
    assertThat(windows.shownTask(window, id).taskInvocationParameters()).isNull();
    assertThat(windows.shownTask(window, id).priority()).isEqualTo(4);
  }

  private void updateTask(
      String window, String id, Consumer<UpdateMaintenanceWindowTaskRequest.Builder> change) {
    UpdateMaintenanceWindowTaskRequest.Builder request =
        UpdateMaintenanceWindowTaskRequest.builder().windowId(window).windowTaskId(id);
    change.accept(request);
    server.call(request.build(), UpdateMaintenanceWindowTaskResponse.class);
  }

  @Test
  void whatIsRegisteredWithAnotherWindowIsNotThere() {
    String window = windows.create(w -> {});
    String other = windows.create(w -> {});
    String target = windows.target(other, target("InstanceIds", NODE));
    String task =
        windows.task(t -> t.windowId(other).taskType(MaintenanceWindowTaskType.AUTOMATION));

    refused("DoesNotExistException", () -> windows.shownTask(window, task));
    refused("DoesNotExistException", () -> updateTask(window, task, t -> t.priority(1)));
    refused(
        "DoesNotExistException",
        () ->
            server.call(
                DeregisterTargetFromMaintenanceWindowRequest.builder()
                    .windowId(window)
                    .windowTargetId(target)
                    .build(),
                DeregisterTargetFromMaintenanceWindowResponse.class));
  }

  @Test
  void nodesThatBelongToNoTargetAreRefusedUnlessTheWindowAllowsThem() {
    String strict = windows.create(w -> w.allowUnassociatedTargets(false));
    Consumer<RegisterTaskWithMaintenanceWindowRequest.Builder> onNode =
        t ->
            t.windowId(strict)
                .maxConcurrency("1")
                .maxErrors("1")
                .targets(target("instanceids", NODE));

    refused("ValidationException", () -> windows.task(onNode));
    windows.target(strict, target("InstanceIds", NODE));
    assertThat(windows.task(onNode)).isNotEmpty();
  }
}

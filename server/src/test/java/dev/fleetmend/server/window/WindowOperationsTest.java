package dev.fleetmend.server.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DeleteMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.DeleteMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DeregisterTargetFromMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterTargetFromMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowScheduleRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowScheduleResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsForTargetRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsForTargetResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowFilter;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.RegisterTargetWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.RegisterTargetWithMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.ScheduledWindowExecution;
import software.amazon.awssdk.services.ssm.model.Target;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTaskRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTaskResponse;

class WindowOperationsTest {
  private static final String NODE = "mi-0123456789abcdef0";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(Databases.SQLITE, folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String create(Consumer<CreateMaintenanceWindowRequest.Builder> more) {
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

  private GetMaintenanceWindowResponse get(String id) {
    return server.call(
        GetMaintenanceWindowRequest.builder().windowId(id).build(),
        GetMaintenanceWindowResponse.class);
  }

  private void update(String id, Consumer<UpdateMaintenanceWindowRequest.Builder> change) {
    UpdateMaintenanceWindowRequest.Builder request =
        UpdateMaintenanceWindowRequest.builder().windowId(id);
    change.accept(request);
    server.call(request.build(), UpdateMaintenanceWindowResponse.class);
  }

  private String target(String windowId, Target target) {
    return server
        .call(
            RegisterTargetWithMaintenanceWindowRequest.builder()
                .windowId(windowId)
                .resourceType(MaintenanceWindowResourceType.INSTANCE)
                .targets(target)
                .build(),
            RegisterTargetWithMaintenanceWindowResponse.class)
        .windowTargetId();
  }

  private String task(Consumer<RegisterTaskWithMaintenanceWindowRequest.Builder> more) {
    RegisterTaskWithMaintenanceWindowRequest.Builder request =
        RegisterTaskWithMaintenanceWindowRequest.builder()
            .taskType(MaintenanceWindowTaskType.RUN_COMMAND)
            .taskArn("AWS-RunPatchBaseline");
    more.accept(request);
    return server
        .call(request.build(), RegisterTaskWithMaintenanceWindowResponse.class)
        .windowTaskId();
  }

  private static Target target(String key, String... values) {
    return Target.builder().key(key).values(values).build();
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aWindowIsShownAsItWasCreatedWithItsNextStart() {
    String id = create(window -> window.description("patches").startDate("2026-11-08T00:00:00Z"));

    GetMaintenanceWindowResponse window = get(id);
    assertThat(window.name()).isEqualTo("nightly");
    assertThat(window.description()).isEqualTo("patches");
    assertThat(window.startDate()).isEqualTo("2026-11-08T00:00:00Z");
    assertThat(window.enabled()).isTrue();
    assertThat(window.createdDate()).isEqualTo(TestServer.START);
    assertThat(window.nextExecutionTime()).isEqualTo("2026-11-08T02:00Z");
  }

  @Test
  void aTokenCreatesOnce() {
    String first = create(window -> window.clientToken("t1"));

    assertThat(create(window -> window.clientToken("t1"))).isEqualTo(first);
    assertThat(create(window -> window.clientToken("t2"))).isNotEqualTo(first);
    refused(
        "IdempotentParameterMismatch",
        () -> create(window -> window.clientToken("t1").description("other")));
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    refused("ValidationException", () -> create(window -> window.cutoff(4)));
    refused("ValidationException", () -> create(window -> window.schedule("cron(0 2 * * * *)")));
    refused("ValidationException", () -> create(window -> window.scheduleTimezone("Nowhere")));
    refused("ValidationException", () -> create(window -> window.startDate("soon")));
    refused("DoesNotExistException", () -> get("mw-00000000000000000"));
  }

  @Test
  void theFiftyFirstWindowIsRefused() {
    for (int i = 0; i < 50; i++) {
      create(window -> {});
    }
    refused("ResourceLimitExceededException", () -> create(window -> {}));
  }

  @Test
  void anUpdateLeavesOutWhatStaysAndReplaceClearsIt() {
    String id = create(window -> window.description("patches").endDate("2027-01-01"));

    update(id, change -> change.duration(6).endDate(""));
    assertThat(get(id).description()).isEqualTo("patches");
    assertThat(get(id).duration()).isEqualTo(6);
    assertThat(get(id).endDate()).isNull();

    refused("ValidationException", () -> update(id, change -> change.replace(true).name("new")));
    update(
        id,
        change ->
            change
                .replace(true)
                .name("new")
                .schedule("rate(1 day)")
                .duration(2)
                .cutoff(0)
                .allowUnassociatedTargets(false));
    assertThat(get(id).description()).isNull();
    assertThat(get(id).createdDate()).isEqualTo(TestServer.START);
    assertThat(get(id).nextExecutionTime()).isEqualTo("2026-11-03T10:00Z");
  }

  @Test
  void aDisabledWindowHasNoNextStart() {
    String id = create(window -> {});

    update(id, change -> change.enabled(false));
    assertThat(get(id).nextExecutionTime()).isNull();

    update(id, change -> change.enabled(true));
    assertThat(get(id).nextExecutionTime()).isEqualTo("2026-11-08T02:00Z");
  }

  @Test
  void windowsAreFilteredAndPaged() {
    for (int i = 0; i < 25; i++) {
      String name = i % 2 == 0 ? "even" : "odd";
      create(window -> window.name(name));
    }
    DescribeMaintenanceWindowsRequest even =
        DescribeMaintenanceWindowsRequest.builder()
            .filters(MaintenanceWindowFilter.builder().key("Name").values("even").build())
            .maxResults(10)
            .build();

    DescribeMaintenanceWindowsResponse first =
        server.call(even, DescribeMaintenanceWindowsResponse.class);
    DescribeMaintenanceWindowsResponse second =
        server.call(
            even.toBuilder().nextToken(first.nextToken()).build(),
            DescribeMaintenanceWindowsResponse.class);

    assertThat(first.windowIdentities()).hasSize(10);
    assertThat(second.windowIdentities())
        .hasSize(3)
        .doesNotContainAnyElementsOf(first.windowIdentities());
    assertThat(second.nextToken()).isNull();
    refused(
        "ValidationException",
        () ->
            server.call(
                even.toBuilder()
                    .filters(MaintenanceWindowFilter.builder().key("Colour").values("x").build())
                    .build(),
                DescribeMaintenanceWindowsResponse.class));
  }

  @Test
  void aTaskNamesTargetsOfItsOwnWindowAndLimits() {
    String window = create(w -> {});
    String other = create(w -> {});
    String targetId = target(window, target("tag:Patch Group", "web"));
    String foreign = target(other, target("InstanceIds", NODE));

    refused("ValidationException", () -> task(t -> t.windowId(window)));
    refused(
        "ValidationException",
        () -> task(t -> t.windowId(window).targets(target("WindowTargetIds", targetId))));
    refused(
        "DoesNotExistException",
        () ->
            task(
                t ->
                    t.windowId(window)
                        .maxConcurrency("1")
                        .maxErrors("0")
                        .targets(target("WindowTargetIds", foreign))));
    refused(
        "FeatureNotAvailableException",
        () -> task(t -> t.windowId(window).taskType(MaintenanceWindowTaskType.LAMBDA)));
    refused(
        "ValidationException",
        () ->
            task(
                t ->
                    t.windowId(window)
                        .taskType(MaintenanceWindowTaskType.AUTOMATION)
                        .maxErrors("1")));

    String id =
        task(
            t ->
                t.windowId(window)
                    .maxConcurrency("10%")
                    .maxErrors("0")
                    .targets(target("WindowTargetIds", targetId)));
    assertThat(task(window, id).priority()).isZero();
    assertThat(task(window, id).maxConcurrency()).isEqualTo("10%");
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

  private GetMaintenanceWindowTaskResponse task(String windowId, String id) {
    return server.call(
        GetMaintenanceWindowTaskRequest.builder().windowId(windowId).windowTaskId(id).build(),
        GetMaintenanceWindowTaskResponse.class);
  }

  @Test
  void aTaskWithoutTargetsShowsOneForItsLimitsAlsoOnceChanged() {
    String window = create(w -> {});
    String id =
        task(
            t ->
                t.windowId(window)
                    .taskType(MaintenanceWindowTaskType.AUTOMATION)
                    .taskInvocationParameters(
                        p -> p.automation(a -> a.parameters(Map.of("A", List.of("1"))))));

    updateTask(window, id, t -> t.priority(3));

    GetMaintenanceWindowTaskResponse task = task(window, id);
    assertThat(task.maxConcurrency()).isEqualTo("1");
    assertThat(task.maxErrors()).isEqualTo("1");
    assertThat(task.priority()).isEqualTo(3);
    assertThat(task.taskInvocationParameters().automation().parameters())
        .isEqualTo(Map.of("A", List.of("1")));
  }

  @Test
  void anUpdateOfATaskReplacesItsInvocationParametersAsAWhole() {
    String window = create(w -> {});
    String id =
        task(
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

    assertThat(task(window, id).description()).isEqualTo("nightly");
    assertThat(task(window, id).taskInvocationParameters().runCommand().comment()).isNull();

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
    assertThat(task(window, id).description()).isNull();
    assertThat(task(window, id).taskInvocationParameters()).isNull();
    assertThat(task(window, id).priority()).isEqualTo(4);
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
    String window = create(w -> {});
    String other = create(w -> {});
    String target = target(other, target("InstanceIds", NODE));
    String task = task(t -> t.windowId(other).taskType(MaintenanceWindowTaskType.AUTOMATION));

    refused("DoesNotExistException", () -> task(window, task));
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
    String strict = create(w -> w.allowUnassociatedTargets(false));
    Consumer<RegisterTaskWithMaintenanceWindowRequest.Builder> onNode =
        t ->
            t.windowId(strict)
                .maxConcurrency("1")
                .maxErrors("1")
                .targets(target("instanceids", NODE));

    refused("ValidationException", () -> task(onNode));
    target(strict, target("InstanceIds", NODE));
    assertThat(task(onNode)).isNotEmpty();
  }

  @Test
  void futureStartsAreListedOfOneWindowOrOfATarget() {
    String window = create(w -> {});
    create(w -> w.name("other"));
    target(window, target("InstanceIds", NODE));

    DescribeMaintenanceWindowScheduleResponse starts =
        server.call(
            DescribeMaintenanceWindowScheduleRequest.builder()
                .resourceType(MaintenanceWindowResourceType.INSTANCE)
                .targets(target("InstanceIds", NODE))
                .maxResults(2)
                .build(),
            DescribeMaintenanceWindowScheduleResponse.class);
    assertThat(starts.scheduledWindowExecutions())
        .extracting(ScheduledWindowExecution::executionTime)
        .containsExactly("2026-11-08T02:00Z", "2026-11-15T02:00Z");
    assertThat(starts.nextToken()).isNotNull();

    assertThat(
            server
                .call(
                    DescribeMaintenanceWindowsForTargetRequest.builder()
                        .resourceType(MaintenanceWindowResourceType.INSTANCE)
                        .targets(target("InstanceIds", NODE))
                        .build(),
                    DescribeMaintenanceWindowsForTargetResponse.class)
                .windowIdentities())
        .extracting(identity -> identity.windowId())
        .containsExactly(window);
  }

  @Test
  void aWindowWhoseTaskNamesANodeItselfIsListedForIt() {
    String window = create(w -> {});
    create(w -> w.name("other"));
    task(
        t ->
            t.windowId(window)
                .maxConcurrency("1")
                .maxErrors("0")
                .targets(target("InstanceIds", NODE)));

    assertThat(
            server
                .call(
                    DescribeMaintenanceWindowsForTargetRequest.builder()
                        .resourceType(MaintenanceWindowResourceType.INSTANCE)
                        .targets(target("InstanceIds", NODE))
                        .build(),
                    DescribeMaintenanceWindowsForTargetResponse.class)
                .windowIdentities())
        .extracting(identity -> identity.windowId())
        .containsExactly(window);
  }

  @Test
  void deletingAWindowTakesItsTargetsAndTasksAlong() {
    String window = create(w -> {});
    String id = task(t -> t.windowId(window).taskType(MaintenanceWindowTaskType.AUTOMATION));

    DeleteMaintenanceWindowRequest delete =
        DeleteMaintenanceWindowRequest.builder().windowId(window).build();
    server.call(delete, DeleteMaintenanceWindowResponse.class);
    server.call(delete, DeleteMaintenanceWindowResponse.class);

    refused("DoesNotExistException", () -> task(window, id));
    refused("DoesNotExistException", () -> get(window));
  }
}

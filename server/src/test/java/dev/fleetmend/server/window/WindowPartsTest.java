package dev.fleetmend.server.window;

import static dev.fleetmend.server.window.WindowFixture.refused;
import static dev.fleetmend.server.window.WindowFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.DeregisterTaskFromMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterTaskFromMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTaskInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTaskInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTasksRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowExecutionTasksResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowTargetsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowTargetsResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowTasksRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowTasksResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowExecutionTaskInvocationResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionTaskIdentity;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowFilter;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTask;
import software.amazon.awssdk.services.ssm.model.RegisterTargetWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.RegisterTargetWithMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTargetRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTargetResponse;

/** Targets, tasks and executions of a window, as they are registered, changed, listed and shown. */
class WindowPartsTest {
  private static final Instant TWO = Instant.parse("2026-11-03T02:00:00Z");
  @TempDir private Path folder;
  private TestServer server;
  private WindowFixture windows;
  private String window;

  @BeforeEach
  void start() {
    server = TestServer.start(Databases.SQLITE, folder);
    windows = new WindowFixture(server);
    window = windows.window("cron(0 2 ? * * *)");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static MaintenanceWindowFilter filter(String key, String value) {
    return MaintenanceWindowFilter.builder().key(key).values(value).build();
  }

  private List<MaintenanceWindowTarget> targets(MaintenanceWindowFilter... filters) {
    return server
        .call(
            DescribeMaintenanceWindowTargetsRequest.builder()
                .windowId(window)
                .filters(filters)
                .build(),
            DescribeMaintenanceWindowTargetsResponse.class)
        .targets();
  }

  private List<MaintenanceWindowTask> tasks(MaintenanceWindowFilter... filters) {
    return server
        .call(
            DescribeMaintenanceWindowTasksRequest.builder()
                .windowId(window)
                .filters(filters)
                .build(),
            DescribeMaintenanceWindowTasksResponse.class)
        .tasks();
  }

  private String register(String owner, String token) {
    return server
        .call(
            RegisterTargetWithMaintenanceWindowRequest.builder()
                .windowId(window)
                .resourceType(MaintenanceWindowResourceType.INSTANCE)
                .name("web-servers")
                .description("in the first ring")
                .ownerInformation(owner)
                .targets(target("tag:ring", "first"))
                .clientToken(token)
                .build(),
            RegisterTargetWithMaintenanceWindowResponse.class)
        .windowTargetId();
  }

  @Test
  void targetsAreRegisteredOnceATokenAndFiltered() {
    String web = register("web team", "one");
    assertThat(register("web team", "one")).isEqualTo(web);
    refused("IdempotentParameterMismatch", () -> register("other team", "one"));
    String other = windows.target(window, target("tag:ring", "second"));

    assertThat(targets()).hasSize(2);
    assertThat(targets(filter("OwnerInformation", "web team")))
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.windowTargetId()).isEqualTo(web);
              assertThat(shown.windowId()).isEqualTo(window);
              assertThat(shown.name()).isEqualTo("web-servers");
              assertThat(shown.resourceTypeAsString()).isEqualTo("INSTANCE");
              assertThat(shown.targets()).containsExactly(target("tag:ring", "first"));
            });
    assertThat(targets(filter("WindowTargetId", other)))
        .extracting(MaintenanceWindowTarget::windowTargetId)
        .containsExactly(other);
    assertThat(targets(filter("Type", "INSTANCE"))).hasSize(2);
    refused("ValidationException", () -> targets(filter("Colour", "red")));
    refused(
        "DoesNotExistException",
        () ->
            server.call(
                DescribeMaintenanceWindowTargetsRequest.builder()
                    .windowId("mw-00000000000000000")
                    .build(),
                DescribeMaintenanceWindowTargetsResponse.class));
  }

  @Test
  void anUpdateOfATargetKeepsWhatItOmitsUnlessItReplaces() {
    String id = register("web team", "one");
    UpdateMaintenanceWindowTargetRequest.Builder update =
        UpdateMaintenanceWindowTargetRequest.builder().windowId(window).windowTargetId(id);

    UpdateMaintenanceWindowTargetResponse changed =
        server.call(update.name("renamed").build(), UpdateMaintenanceWindowTargetResponse.class);
    assertThat(changed.name()).isEqualTo("renamed");
    assertThat(changed.description()).isEqualTo("in the first ring");
    assertThat(targets().getFirst().ownerInformation()).isEqualTo("web team");
    assertThat(targets().getFirst().targets()).containsExactly(target("tag:ring", "first"));

    refused(
        "ValidationException",
        () ->
            server.call(update.replace(true).build(), UpdateMaintenanceWindowTargetResponse.class));
    UpdateMaintenanceWindowTargetResponse replaced =
        server.call(
            update.targets(target("tag:ring", "second")).build(),
            UpdateMaintenanceWindowTargetResponse.class);
    assertThat(replaced.name()).isEqualTo("renamed");
    assertThat(replaced.description()).isNull();
    assertThat(targets().getFirst().ownerInformation()).isNull();
    assertThat(targets().getFirst().resourceTypeAsString()).isEqualTo("INSTANCE");
    assertThat(targets().getFirst().targets()).containsExactly(target("tag:ring", "second"));
  }

  @Test
  void tasksAreListedFilteredShownAndTakenOut() {
    TestHost host = TestHost.online(server, "web01", Map.of());
    String first = windows.task(window, host, task -> task.priority(3).name("first"));
    String second = windows.task(window, host, task -> task.taskArn("AWS-RunPatchBaseline"));

    assertThat(tasks()).hasSize(2);
    assertThat(tasks(filter("Priority", "3")))
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.windowTaskId()).isEqualTo(first);
              assertThat(shown.name()).isEqualTo("first");
              assertThat(shown.taskArn()).isEqualTo("AWS-RunShellScript");
              assertThat(shown.typeAsString()).isEqualTo("RUN_COMMAND");
              assertThat(shown.maxConcurrency()).isEqualTo("1");
            });
    assertThat(tasks(filter("TaskArn", "AWS-RunPatchBaseline")))
        .extracting(MaintenanceWindowTask::windowTaskId)
        .containsExactly(second);
    assertThat(tasks(filter("TaskType", "AUTOMATION"))).isEmpty();
    GetMaintenanceWindowTaskRequest get =
        GetMaintenanceWindowTaskRequest.builder().windowId(window).windowTaskId(first).build();
    GetMaintenanceWindowTaskResponse shown =
        server.call(get, GetMaintenanceWindowTaskResponse.class);
    assertThat(shown.priority()).isEqualTo(3);
    assertThat(shown.taskInvocationParameters().runCommand().timeoutSeconds()).isEqualTo(7200);

    DeregisterTaskFromMaintenanceWindowRequest out =
        DeregisterTaskFromMaintenanceWindowRequest.builder()
            .windowId(window)
            .windowTaskId(first)
            .build();
    assertThat(server.call(out, DeregisterTaskFromMaintenanceWindowResponse.class).windowTaskId())
        .isEqualTo(first);
    refused(
        "DoesNotExistException", () -> server.call(get, GetMaintenanceWindowTaskResponse.class));
    refused(
        "DoesNotExistException",
        () -> server.call(out, DeregisterTaskFromMaintenanceWindowResponse.class));
    assertThat(tasks()).hasSize(1);
  }

  @Test
  void anExecutionIsShownWithItsTasksAndTheirInvocations() {
    TestHost host = TestHost.online(server, "web01", Map.of());
    String target = windows.target(window, target("InstanceIds", host.id()));
    windows.task(window, host, task -> task.priority(1).targets(target("WindowTargetIds", target)));
    windows.task(window, host, task -> task.priority(2));
    windows.at(TWO);
    String execution = windows.last(window).windowExecutionId();
    server.clock().advance(Duration.ofMinutes(1));
    windows.finish(host, "Success");

    GetMaintenanceWindowExecutionRequest get =
        GetMaintenanceWindowExecutionRequest.builder().windowExecutionId(execution).build();
    GetMaintenanceWindowExecutionResponse running =
        server.call(get, GetMaintenanceWindowExecutionResponse.class);
    assertThat(running.statusAsString()).isEqualTo("IN_PROGRESS");
    assertThat(running.startTime()).isEqualTo(TWO);
    assertThat(running.endTime()).isNull();
    assertThat(running.taskIds())
        .containsExactlyElementsOf(
            windows.tasks(execution).stream()
                .map(MaintenanceWindowExecutionTaskIdentity::taskExecutionId)
                .toList());

    DescribeMaintenanceWindowExecutionTasksRequest ended =
        DescribeMaintenanceWindowExecutionTasksRequest.builder()
            .windowExecutionId(execution)
            .filters(filter("STATUS", "SUCCESS"))
            .build();
    String task = running.taskIds().getFirst();
    assertThat(
            server
                .call(ended, DescribeMaintenanceWindowExecutionTasksResponse.class)
                .windowExecutionTaskIdentities())
        .extracting(MaintenanceWindowExecutionTaskIdentity::taskExecutionId)
        .containsExactly(task);

    DescribeMaintenanceWindowExecutionTaskInvocationsRequest invocations =
        DescribeMaintenanceWindowExecutionTaskInvocationsRequest.builder()
            .windowExecutionId(execution)
            .taskId(task)
            .build();
    var listed =
        server
            .call(invocations, DescribeMaintenanceWindowExecutionTaskInvocationsResponse.class)
            .windowExecutionTaskInvocationIdentities();
    assertThat(listed).hasSize(1);
    GetMaintenanceWindowExecutionTaskInvocationRequest one =
        GetMaintenanceWindowExecutionTaskInvocationRequest.builder()
            .windowExecutionId(execution)
            .taskId(task)
            .invocationId(listed.getFirst().invocationId())
            .build();
    GetMaintenanceWindowExecutionTaskInvocationResponse invocation =
        server.call(one, GetMaintenanceWindowExecutionTaskInvocationResponse.class);
    assertThat(invocation.statusAsString()).isEqualTo("SUCCESS");
    assertThat(invocation.ownerInformation()).isEqualTo("operations");
    assertThat(invocation.windowTargetId()).isEqualTo(target);
    assertThat(invocation.executionId()).isEqualTo(windows.commands().getLast().commandId());
    assertThat(invocation.parameters()).contains("AWS-RunShellScript", host.id());
    assertThat(invocation.endTime()).isEqualTo(TWO.plus(Duration.ofMinutes(1)));

    refused(
        "DoesNotExistException",
        () ->
            server.call(
                one.toBuilder().invocationId(UUID.randomUUID().toString()).build(),
                GetMaintenanceWindowExecutionTaskInvocationResponse.class));
    refused(
        "DoesNotExistException",
        () ->
            server.call(
                get.toBuilder().windowExecutionId(UUID.randomUUID().toString()).build(),
                GetMaintenanceWindowExecutionResponse.class));
  }

  @Test
  void listsOfTargetsArePagedWithEachOnce() {
    List<String> made =
        IntStream.range(0, 23)
            .mapToObj(i -> windows.target(window, target("tag:ring", "ring-" + i)))
            .toList();
    DescribeMaintenanceWindowTargetsRequest.Builder request =
        DescribeMaintenanceWindowTargetsRequest.builder().windowId(window).maxResults(10);
    List<String> walked = new ArrayList<>();
    int pages = 0;
    String token = null;
    do {
      DescribeMaintenanceWindowTargetsResponse page =
          server.call(
              request.nextToken(token).build(), DescribeMaintenanceWindowTargetsResponse.class);
      page.targets().forEach(shown -> walked.add(shown.windowTargetId()));
      token = page.nextToken();
      pages++;
    } while (token != null);

    assertThat(pages).isEqualTo(3);
    assertThat(walked).containsExactlyInAnyOrderElementsOf(made);
  }
}

package dev.fleetmend.server.window;

import static dev.fleetmend.server.window.WindowFixture.refused;
import static dev.fleetmend.server.window.WindowFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.DeleteMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.DeleteMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowScheduleRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowScheduleResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsForTargetRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsForTargetResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowFilter;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.ScheduledWindowExecution;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowResponse;

class WindowOperationsTest {
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

  @Test
  void aWindowIsShownAsItWasCreatedWithItsNextStart() {
    String id =
        windows.create(window -> window.description("patches").startDate("2026-11-08T00:00:00Z"));

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
    String first = windows.create(window -> window.clientToken("t1"));

    assertThat(windows.create(window -> window.clientToken("t1"))).isEqualTo(first);
    assertThat(windows.create(window -> window.clientToken("t2"))).isNotEqualTo(first);
    refused(
        "IdempotentParameterMismatch",
        () -> windows.create(window -> window.clientToken("t1").description("other")));
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    refused("ValidationException", () -> windows.create(window -> window.cutoff(4)));
    refused(
        "ValidationException",
        () -> windows.create(window -> window.schedule("cron(0 2 * * * *)")));
    refused(
        "ValidationException", () -> windows.create(window -> window.scheduleTimezone("Nowhere")));
    refused("ValidationException", () -> windows.create(window -> window.startDate("soon")));
    refused("DoesNotExistException", () -> get("mw-00000000000000000"));
  }

  @Test
  void theFiftyFirstWindowIsRefused() {
    for (int i = 0; i < 50; i++) {
      windows.create(window -> {});
    }
    refused("ResourceLimitExceededException", () -> windows.create(window -> {}));
  }

  @Test
  void anUpdateLeavesOutWhatStaysAndReplaceClearsIt() {
    String id = windows.create(window -> window.description("patches").endDate("2027-01-01"));

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
    String id = windows.create(window -> {});

    update(id, change -> change.enabled(false));
    assertThat(get(id).nextExecutionTime()).isNull();

    update(id, change -> change.enabled(true));
    assertThat(get(id).nextExecutionTime()).isEqualTo("2026-11-08T02:00Z");
  }

  @Test
  void windowsAreFilteredAndPaged() {
    for (int i = 0; i < 25; i++) {
      String name = i % 2 == 0 ? "even" : "odd";
      windows.create(window -> window.name(name));
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
  void futureStartsAreListedOfOneWindowOrOfATarget() {
    String window = windows.create(w -> {});
    windows.create(w -> w.name("other"));
    windows.target(window, target("InstanceIds", NODE));

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
    String window = windows.create(w -> {});
    windows.create(w -> w.name("other"));
    windows.task(
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
    String window = windows.create(w -> {});
    String id =
        windows.task(t -> t.windowId(window).taskType(MaintenanceWindowTaskType.AUTOMATION));

    DeleteMaintenanceWindowRequest delete =
        DeleteMaintenanceWindowRequest.builder().windowId(window).build();
    server.call(delete, DeleteMaintenanceWindowResponse.class);
    server.call(delete, DeleteMaintenanceWindowResponse.class);

    refused("DoesNotExistException", () -> windows.shownTask(window, id));
    refused("DoesNotExistException", () -> get(window));
  }
}

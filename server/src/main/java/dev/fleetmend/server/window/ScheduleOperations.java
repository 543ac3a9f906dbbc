package dev.fleetmend.server.window;

import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.window.RegisteredTable.Registered;
import dev.fleetmend.server.window.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowScheduleRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowScheduleResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsForTargetRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsForTargetResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowIdentityForTarget;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.PatchOrchestratorFilter;
import software.amazon.awssdk.services.ssm.model.ScheduledWindowExecution;
import software.amazon.awssdk.services.ssm.model.Target;

/** DescribeMaintenanceWindowSchedule and DescribeMaintenanceWindowsForTarget. */
final class ScheduleOperations {
  /** How far ahead starts are listed: a schedule without an end has no last one. */
  private static final Duration AHEAD = Duration.ofDays(366);

  /** The most starts that are listed of one window. */
  private static final int MOST = 1000;

  private final WindowParts parts;
  private final WindowNodes nodes;
  private final Filters<Start> filters =
      new Filters<Start>().before("ScheduledBefore", Start::at).after("ScheduledAfter", Start::at);

  ScheduleOperations(WindowParts parts) {
    this.parts = parts;
    this.nodes = new WindowNodes(parts.nodes());
  }

  private record Start(Window window, Instant at) {
    String pageKey() {
      return PageKeys.ascending(at.toEpochMilli(), window.id());
    }

    ScheduledWindowExecution shown() {
      return ScheduledWindowExecution.builder()
          .windowId(window.id())
          .name(window.document().name())
          .executionTime(Schedule.text(at))
          .build();
    }
  }

  void offer(Operations operations) {
    operations.on(DescribeMaintenanceWindowScheduleRequest.class, this::schedule);
    operations.on(DescribeMaintenanceWindowsForTargetRequest.class, this::forTarget);
  }

  private DescribeMaintenanceWindowScheduleResponse schedule(
      DescribeMaintenanceWindowScheduleRequest request, Caller caller) {
    Predicate<Start> wanted = start -> true;
    for (PatchOrchestratorFilter filter : request.filters()) {
      wanted = wanted.and(filters.one(filter.key(), filter.values()));
    }
    List<Window> windows = parts.core().store().read(db -> windows(db, request));
    Page<Start> page =
        WindowParts.page(
            windows.stream().flatMap(this::starts).toList(),
            wanted,
            Start::pageKey,
            request.nextToken(),
            request.maxResults());
    return DescribeMaintenanceWindowScheduleResponse.builder()
        .scheduledWindowExecutions(page.items().stream().map(Start::shown).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private List<Window> windows(Handle db, DescribeMaintenanceWindowScheduleRequest request) {
    if (request.windowId() != null) {
      return List.of(parts.window(db, request.windowId()));
    }
    if (request.targets().isEmpty() != (request.resourceType() == null)) {
      throw Refusals.validation("Targets and ResourceType go together.");
    }
    return request.targets().isEmpty()
        ? parts.windows().all(db)
        : ofTarget(db, request.resourceType(), request.targets());
  }

  private Stream<Start> starts(Window window) {
    Instant next = window.nextStart();
    if (next == null) {
      return Stream.of();
    }
    Instant until = parts.now().plus(AHEAD);
    return window
        .schedule()
        .from(next)
        .takeWhile(start -> start.isBefore(until))
        .limit(MOST)
        .map(start -> new Start(window, start));
  }

  private DescribeMaintenanceWindowsForTargetResponse forTarget(
      DescribeMaintenanceWindowsForTargetRequest request, Caller caller) {
    List<Window> windows =
        parts.core().store().read(db -> ofTarget(db, request.resourceType(), request.targets()));
    Page<Window> page =
        WindowParts.page(
            windows, window -> true, Window::pageKey, request.nextToken(), request.maxResults());
    return DescribeMaintenanceWindowsForTargetResponse.builder()
        .windowIdentities(page.items().stream().map(ScheduleOperations::identity).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static MaintenanceWindowIdentityForTarget identity(Window window) {
    return MaintenanceWindowIdentityForTarget.builder()
        .windowId(window.id())
        .name(window.document().name())
        .build();
  }

  /**
   * The windows of which a registered target means one of the nodes or says the very same, and
   * those with a task that names one of the nodes itself.
   */
  private List<Window> ofTarget(
      Handle db, MaintenanceWindowResourceType type, List<Target> targets) {
    new TargetChecks(parts.limits()).check(type, targets);
    Set<String> wanted =
        type == MaintenanceWindowResourceType.INSTANCE ? nodes.of(db, targets) : Set.of();
    Predicate<MaintenanceWindowTarget> meant =
        target ->
            target.resourceType() == type
                && (target.targets().equals(targets)
                    || nodes.of(db, target).stream().anyMatch(wanted::contains));
    Predicate<GetMaintenanceWindowTaskResponse> named =
        task ->
            task.targets().stream()
                .filter(TargetChecks::isInstanceIds)
                .anyMatch(target -> target.values().stream().anyMatch(wanted::contains));
    return parts.windows().all(db).stream()
        .filter(
            window ->
                any(parts.targets().of(db, window.id()), meant)
                    || any(parts.tasks().of(db, window.id()), named))
        .toList();
  }

  private static <T> boolean any(List<Registered<T>> registered, Predicate<T> wanted) {
    return registered.stream().map(Registered::document).anyMatch(wanted);
  }
}

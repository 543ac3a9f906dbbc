package dev.fleetmend.server.window;

import dev.fleetmend.api.Structures;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.tag.TagOperations;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DeleteMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.DeleteMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowsResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowIdentity;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowResponse;

/** Create-, Update-, Get-, Delete- and DescribeMaintenanceWindow(s). */
final class WindowOperations {
  static final String TAGGED = "MaintenanceWindow";

  private final WindowParts parts;
  private final Filters<Window> filters =
      new Filters<Window>()
          .text("Name", window -> window.document().name())
          .word("Enabled", window -> String.valueOf(window.document().enabled()));

  WindowOperations(WindowParts parts) {
    this.parts = parts;
  }

  void offer(Operations operations) {
    operations.on(CreateMaintenanceWindowRequest.class, this::create);
    operations.on(UpdateMaintenanceWindowRequest.class, this::update);
    operations.on(GetMaintenanceWindowRequest.class, this::get);
    operations.on(DeleteMaintenanceWindowRequest.class, this::delete);
    operations.on(DescribeMaintenanceWindowsRequest.class, this::describe);
  }

  private CreateMaintenanceWindowResponse create(
      CreateMaintenanceWindowRequest request, Caller caller) {
    return parts.once(
        request.clientToken(),
        request.toBuilder().clientToken("-").build(),
        tx -> create(tx, request),
        id -> CreateMaintenanceWindowResponse.builder().windowId(id).build());
  }

  private String create(Handle tx, CreateMaintenanceWindowRequest request) {
    if (parts.windows().count(tx) >= parts.limits().windows()) {
      throw Refusals.limit("Maintenance windows", parts.limits().windows());
    }
    Instant now = parts.now();
    GetMaintenanceWindowResponse document =
        WindowChanges.withoutEmptyDates(
            Structures.copy(request, GetMaintenanceWindowResponse.builder())
                .windowId(parts.core().ids().maintenanceWindow())
                .enabled(true)
                .createdDate(now)
                .modifiedDate(now)
                .build());
    WindowChecks.check(document, now);
    save(tx, new Window(document, now, null).planned(now));
    parts.tags().put(tx, TAGGED, document.windowId(), TagOperations.asMap(request.tags()));
    return document.windowId();
  }

  private UpdateMaintenanceWindowResponse update(
      UpdateMaintenanceWindowRequest request, Caller caller) {
    GetMaintenanceWindowResponse updated = parts.core().store().write(tx -> update(tx, request));
    return Structures.copy(updated, UpdateMaintenanceWindowResponse.builder()).build();
  }

  private GetMaintenanceWindowResponse update(Handle tx, UpdateMaintenanceWindowRequest request) {
    Window old = parts.locked(tx, request.windowId());
    Instant now = parts.now();
    GetMaintenanceWindowResponse document = WindowChanges.applied(old.document(), request, now);
    WindowChecks.check(document, now);
    boolean rescheduled = WindowChanges.reschedule(old.document(), document);
    boolean switched = !document.enabled().equals(old.document().enabled());
    Window window = new Window(document, rescheduled ? now : old.phase(), old.nextStart());
    save(tx, rescheduled || switched ? window.planned(now) : window);
    return document;
  }

  private void save(Handle tx, Window window) {
    parts.windows().put(tx, window);
    parts.plans().plan(tx, window);
  }

  private GetMaintenanceWindowResponse get(GetMaintenanceWindowRequest request, Caller caller) {
    Window window = parts.core().store().read(db -> parts.window(db, request.windowId()));
    return window.shown();
  }

  private DeleteMaintenanceWindowResponse delete(
      DeleteMaintenanceWindowRequest request, Caller caller) {
    String id = request.windowId();
    parts
        .core()
        .store()
        .change(
            tx -> {
              parts.windows().delete(tx, id);
              parts.targets().deleteAll(tx, id);
              parts.tasks().deleteAll(tx, id);
              parts.tags().forget(tx, TAGGED, id);
              parts.plans().forget(tx, id);
            });
    return DeleteMaintenanceWindowResponse.builder().windowId(id).build();
  }

  private DescribeMaintenanceWindowsResponse describe(
      DescribeMaintenanceWindowsRequest request, Caller caller) {
    List<Window> all = parts.core().store().read(parts.windows()::all);
    Page<Window> page =
        WindowParts.page(
            all,
            filters.of(request.filters()),
            Window::pageKey,
            request.nextToken(),
            request.maxResults());
    return DescribeMaintenanceWindowsResponse.builder()
        .windowIdentities(
            page.items().stream()
                .map(w -> Structures.copy(w.shown(), MaintenanceWindowIdentity.builder()).build())
                .toList())
        .nextToken(page.nextToken())
        .build();
  }
}

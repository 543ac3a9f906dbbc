package dev.fleetmend.server.window;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.Structures;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.window.RegisteredTable.Registered;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.DeregisterTargetFromMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterTargetFromMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowTargetsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeMaintenanceWindowTargetsResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.RegisterTargetWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.RegisterTargetWithMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTargetRequest;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowTargetResponse;

/** Register-, Update-, Deregister- and DescribeMaintenanceWindowTarget(s). */
final class TargetOperations {
  private final WindowParts parts;
  private final TargetChecks checks;
  private final Filters<Registered<MaintenanceWindowTarget>> filters =
      new Filters<Registered<MaintenanceWindowTarget>>()
          .text("Type", target -> target.document().resourceTypeAsString())
          .text("WindowTargetId", target -> target.document().windowTargetId())
          .text("OwnerInformation", target -> target.document().ownerInformation());

  TargetOperations(WindowParts parts) {
    this.parts = parts;
    this.checks = new TargetChecks(parts.limits());
  }

  void offer(Operations operations) {
    operations.on(RegisterTargetWithMaintenanceWindowRequest.class, this::register);
    operations.on(UpdateMaintenanceWindowTargetRequest.class, this::update);
    operations.on(DeregisterTargetFromMaintenanceWindowRequest.class, this::deregister);
    operations.on(DescribeMaintenanceWindowTargetsRequest.class, this::describe);
  }

  private RegisterTargetWithMaintenanceWindowResponse register(
      RegisterTargetWithMaintenanceWindowRequest request, Caller caller) {
    checks.check(request.resourceType(), request.targets());
    return parts.once(
        request.clientToken(),
        request.toBuilder().clientToken("-").build(),
        tx -> register(tx, request),
        id -> RegisterTargetWithMaintenanceWindowResponse.builder().windowTargetId(id).build());
  }

  private String register(Handle tx, RegisterTargetWithMaintenanceWindowRequest request) {
    String windowId = request.windowId();
    parts.locked(tx, windowId);
    if (parts.targets().count(tx, windowId) >= parts.limits().targetsPerWindow()) {
      throw Refusals.limit("Targets of a maintenance window", parts.limits().targetsPerWindow());
    }
    String id = parts.core().ids().uuid();
    MaintenanceWindowTarget target =
        Structures.copy(request, MaintenanceWindowTarget.builder()).windowTargetId(id).build();
    parts.targets().insert(tx, windowId, id, target, parts.now());
    return id;
  }

  private UpdateMaintenanceWindowTargetResponse update(
      UpdateMaintenanceWindowTargetRequest request, Caller caller) {
    MaintenanceWindowTarget updated = parts.core().store().write(tx -> update(tx, request));
    return Structures.copy(updated, UpdateMaintenanceWindowTargetResponse.builder()).build();
  }

  private MaintenanceWindowTarget update(Handle tx, UpdateMaintenanceWindowTargetRequest request) {
    MaintenanceWindowTarget old = require(tx, request.windowId(), request.windowTargetId());
    MaintenanceWindowTarget.Builder base = old.toBuilder();
    if (Boolean.TRUE.equals(request.replace())) {
      base = MaintenanceWindowTarget.builder().resourceType(old.resourceType());
    }
    MaintenanceWindowTarget updated = Structures.copy(request, base).build();
    checks.check(updated.resourceType(), updated.targets());
    parts.targets().update(tx, updated.windowTargetId(), updated);
    return updated;
  }

  private MaintenanceWindowTarget require(Handle db, String windowId, String id) {
    parts.window(db, windowId);
    return parts
        .targets()
        .find(db, windowId, id)
        .orElseThrow(() -> Refusals.notThere("Maintenance window target", id));
  }

  private DeregisterTargetFromMaintenanceWindowResponse deregister(
      DeregisterTargetFromMaintenanceWindowRequest request, Caller caller) {
    String windowId = request.windowId();
    String id = request.windowTargetId();
    parts.core().store().change(tx -> deregister(tx, request));
    return DeregisterTargetFromMaintenanceWindowResponse.builder()
        .windowId(windowId)
        .windowTargetId(id)
        .build();
  }

  private void deregister(Handle tx, DeregisterTargetFromMaintenanceWindowRequest request) {
    String windowId = request.windowId();
    String id = request.windowTargetId();
    require(tx, windowId, id);
    if (Boolean.TRUE.equals(request.safe()) && used(tx, windowId, id)) {
      throw new ApiException(
          "TargetInUseException",
          "Maintenance window target " + id + " is used by a task of the window.");
    }
    parts.targets().delete(tx, windowId, id);
  }

  private boolean used(Handle db, String windowId, String id) {
    return parts.tasks().of(db, windowId).stream()
        .flatMap(task -> task.document().targets().stream())
        .anyMatch(target -> TaskChecks.isWindowTargets(target) && target.values().contains(id));
  }

  private DescribeMaintenanceWindowTargetsResponse describe(
      DescribeMaintenanceWindowTargetsRequest request, Caller caller) {
    Page<Registered<MaintenanceWindowTarget>> page =
        WindowParts.page(
            parts.registered(parts.targets(), request.windowId()),
            filters.of(request.filters()),
            Registered::pageKey,
            request.nextToken(),
            request.maxResults());
    return DescribeMaintenanceWindowTargetsResponse.builder()
        .targets(page.items().stream().map(Registered::document).toList())
        .nextToken(page.nextToken())
        .build();
  }
}

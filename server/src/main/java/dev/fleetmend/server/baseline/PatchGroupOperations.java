package dev.fleetmend.server.baseline;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.baseline.PatchGroupTable.Registration;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.DeregisterPatchBaselineForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterPatchBaselineForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.DescribePatchGroupsRequest;
import software.amazon.awssdk.services.ssm.model.DescribePatchGroupsResponse;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.PatchGroupPatchBaselineMapping;
import software.amazon.awssdk.services.ssm.model.RegisterPatchBaselineForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.RegisterPatchBaselineForPatchGroupResponse;

/** Registers baselines for patch groups, and shows which are registered. */
final class PatchGroupOperations {
  private static final int DEFAULT_PAGE = 100;

  private final Store store;
  private final int groupsPerBaseline;
  private final Baselines baselines;
  private final PatchGroupTable groups;
  private final Consumer<Handle> changed;

  PatchGroupOperations(
      Core core, Baselines baselines, PatchGroupTable groups, Consumer<Handle> changed) {
    this.store = core.store();
    this.groupsPerBaseline = core.quotas().of(Quota.PATCH_GROUPS_PER_BASELINE);
    this.baselines = baselines;
    this.groups = groups;
    this.changed = changed;
  }

  void offer(Operations operations) {
    operations.on(RegisterPatchBaselineForPatchGroupRequest.class, this::register);
    operations.on(DeregisterPatchBaselineForPatchGroupRequest.class, this::deregister);
    operations.on(GetPatchBaselineForPatchGroupRequest.class, this::get);
    operations.on(DescribePatchGroupsRequest.class, this::describe);
  }

  private RegisterPatchBaselineForPatchGroupResponse register(
      RegisterPatchBaselineForPatchGroupRequest request, Caller caller) {
    String group = request.patchGroup();
    return store.write(
        tx -> {
          GetPatchBaselineResponse baseline =
              baselines
                  .find(tx, request.baselineId())
                  .orElseThrow(
                      () ->
                          new ApiException(
                              "DoesNotExistException",
                              "Maintenance window " + request.baselineId() + " does not exist"))
                  .baseline();
          String system = baseline.operatingSystemAsString();
          Optional<String> there = groups.baselineOf(tx, group, system);
          if (there.isEmpty()) {
            requireRoom(tx, baseline.baselineId());
            groups.register(tx, new Registration(group, system, baseline.baselineId()));
            changed.accept(tx);
          } else if (!there.get().equals(baseline.baselineId())) {
            throw new ApiException(
                "AlreadyExistsException",
                "Patch Group baseline already has a baseline registered for OperatingSystem "
                    + system
                    + ".");
          }
          return RegisterPatchBaselineForPatchGroupResponse.builder()
              .baselineId(baseline.baselineId())
              .patchGroup(group)
              .build();
        });
  }

  private void requireRoom(Handle db, String baselineId) {
    if (groups.groupsOf(db, baselineId).size() >= groupsPerBaseline) {
      throw new ApiException(
          "ResourceLimitExceededException",
          "The number of patch groups of a patch baseline exceeds the limit of "
              + groupsPerBaseline
              + ".");
    }
  }

  private DeregisterPatchBaselineForPatchGroupResponse deregister(
      DeregisterPatchBaselineForPatchGroupRequest request, Caller caller) {
    return store.write(
        tx -> {
          String id = baselines.require(tx, request.baselineId()).baseline().baselineId();
          groups.deregister(tx, request.patchGroup(), id);
          changed.accept(tx);
          return DeregisterPatchBaselineForPatchGroupResponse.builder()
              .baselineId(id)
              .patchGroup(request.patchGroup())
              .build();
        });
  }

  private GetPatchBaselineForPatchGroupResponse get(
      GetPatchBaselineForPatchGroupRequest request, Caller caller) {
    String system =
        request.operatingSystem() == null ? "WINDOWS" : request.operatingSystemAsString();
    String id =
        store.read(
            db ->
                groups
                    .baselineOf(db, request.patchGroup(), system)
                    .orElseGet(() -> baselines.defaultId(db, system)));
    return GetPatchBaselineForPatchGroupResponse.builder()
        .baselineId(id)
        .patchGroup(request.patchGroup())
        .operatingSystem(system)
        .build();
  }

  private DescribePatchGroupsResponse describe(DescribePatchGroupsRequest request, Caller caller) {
    BaselineListing.Filters filters =
        new BaselineListing.Filters(request.filters(), Set.of("NAME_PREFIX", "OPERATING_SYSTEM"));
    return store.read(
        db -> {
          List<Registration> matching =
              groups.all(db).stream()
                  .filter(r -> filters.prefix("NAME_PREFIX", r.patchGroup()))
                  .filter(r -> filters.equal("OPERATING_SYSTEM", r.operatingSystem()))
                  .sorted(java.util.Comparator.comparing(PatchGroupOperations::key))
                  .toList();
          Page<Registration> page =
              Pages.slice(
                  matching,
                  PatchGroupOperations::key,
                  request.nextToken(),
                  request.maxResults(),
                  DEFAULT_PAGE);
          return DescribePatchGroupsResponse.builder()
              .mappings(page.items().stream().map(r -> mapping(db, r)).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private static String key(Registration registration) {
    return registration.patchGroup() + "\n" + registration.operatingSystem();
  }

  private PatchGroupPatchBaselineMapping mapping(Handle db, Registration registration) {
    GetPatchBaselineResponse baseline = baselines.require(db, registration.baselineId()).baseline();
    return PatchGroupPatchBaselineMapping.builder()
        .patchGroup(registration.patchGroup())
        .baselineIdentity(BaselineListing.identity(baseline, baselines.isDefault(db, baseline)))
        .build();
  }
}

package dev.fleetmend.server.scan;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.baseline.BaselineDirectory;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchStatesForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchStatesForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchStatesRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchStatesResponse;
import software.amazon.awssdk.services.ssm.model.DescribePatchGroupStateRequest;
import software.amazon.awssdk.services.ssm.model.DescribePatchGroupStateResponse;

/** How nodes stand, singly and by patch group. */
final class PatchStateOperations {
  private static final int DEFAULT_PAGE = 50;

  private final Core core;
  private final NodeStateTable states;
  private final BaselineDirectory directory;

  PatchStateOperations(Core core, NodeStateTable states, BaselineDirectory directory) {
    this.core = core;
    this.states = states;
    this.directory = directory;
  }

  void offer() {
    core.operations().on(DescribeInstancePatchStatesRequest.class, this::describe);
    core.operations().on(DescribeInstancePatchStatesForPatchGroupRequest.class, this::ofGroup);
    core.operations().on(DescribePatchGroupStateRequest.class, this::groupState);
  }

  private DescribeInstancePatchStatesResponse describe(
      DescribeInstancePatchStatesRequest request, Caller caller) {
    Page<NodeState> page =
        page(
            core.store().read(db -> states.find(db, request.instanceIds())),
            request.nextToken(),
            request.maxResults());
    return DescribeInstancePatchStatesResponse.builder()
        .instancePatchStates(page.items().stream().map(InstancePatchStates::of).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private DescribeInstancePatchStatesForPatchGroupResponse ofGroup(
      DescribeInstancePatchStatesForPatchGroupRequest request, Caller caller) {
    StateFilters.check(request.filters());
    List<NodeState> matching =
        core.store().read(db -> states.ofGroup(db, request.patchGroup())).stream()
            .filter(state -> StateFilters.admit(request.filters(), state.counts()))
            .toList();
    Page<NodeState> page = page(matching, request.nextToken(), request.maxResults());
    return DescribeInstancePatchStatesForPatchGroupResponse.builder()
        .instancePatchStates(page.items().stream().map(InstancePatchStates::of).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static Page<NodeState> page(
      List<NodeState> sorted, @Nullable String nextToken, @Nullable Integer maxResults) {
    return Pages.slice(sorted, NodeState::instanceId, nextToken, maxResults, DEFAULT_PAGE);
  }

  private DescribePatchGroupStateResponse groupState(
      DescribePatchGroupStateRequest request, Caller caller) {
    List<NodeState> group = core.store().read(db -> states.ofGroup(db, request.patchGroup()));
    Set<String> members = new HashSet<>(directory.membersOf(request.patchGroup()));
    group.forEach(state -> members.add(state.instanceId()));
    return DescribePatchGroupStateResponse.builder()
        .instances(members.size())
        .instancesWithInstalledPatches(with(group, s -> s.counts().installed()))
        .instancesWithInstalledOtherPatches(with(group, s -> s.counts().installedOther()))
        .instancesWithInstalledPendingRebootPatches(
            with(group, s -> s.counts().installedPendingReboot()))
        .instancesWithInstalledRejectedPatches(with(group, s -> s.counts().installedRejected()))
        .instancesWithMissingPatches(with(group, s -> s.counts().missing()))
        .instancesWithFailedPatches(with(group, s -> s.counts().failed()))
        .instancesWithNotApplicablePatches(with(group, s -> s.counts().notApplicable()))
        .instancesWithUnreportedNotApplicablePatches(0)
        .instancesWithCriticalNonCompliantPatches(
            with(group, s -> s.counts().criticalNonCompliant()))
        .instancesWithSecurityNonCompliantPatches(
            with(group, s -> s.counts().securityNonCompliant()))
        .instancesWithOtherNonCompliantPatches(with(group, s -> s.counts().otherNonCompliant()))
        .instancesWithAvailableSecurityUpdates(
            with(group, s -> s.counts().availableSecurityUpdate()))
        .build();
  }

  private static int with(List<NodeState> group, ToIntFunction<NodeState> counter) {
    return (int) group.stream().filter(state -> counter.applyAsInt(state) > 0).count();
  }
}

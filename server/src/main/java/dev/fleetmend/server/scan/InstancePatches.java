package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.decision.PatchState;
import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchesRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstancePatchesResponse;
import software.amazon.awssdk.services.ssm.model.PatchComplianceData;
import software.amazon.awssdk.services.ssm.model.PatchOrchestratorFilter;

/** DescribeInstancePatches: every patch of a node with its state. */
final class InstancePatches {
  private static final int DEFAULT_PAGE = 50;

  private final Core core;
  private final NodeStateTable states;
  private final Predicate<String> nodeExists;

  InstancePatches(Core core, NodeStateTable states, Predicate<String> nodeExists) {
    this.core = core;
    this.states = states;
    this.nodeExists = nodeExists;
  }

  void offer() {
    core.operations().on(DescribeInstancePatchesRequest.class, this::describe);
  }

  private DescribeInstancePatchesResponse describe(
      DescribeInstancePatchesRequest request, Caller caller) {
    requireNode(request.instanceId());
    request.filters().forEach(filter -> value(filter, PatchComplianceData.builder().build()));
    List<PatchComplianceData> patches =
        core.store().read(db -> states.statuses(db, request.instanceId())).stream()
            .map(InstancePatches::onTheWire)
            .filter(patch -> request.filters().stream().allMatch(filter -> admits(filter, patch)))
            .sorted(Comparator.comparing(InstancePatches::key))
            .toList();
    Page<PatchComplianceData> page =
        Pages.slice(
            patches, InstancePatches::key, request.nextToken(), request.maxResults(), DEFAULT_PAGE);
    return DescribeInstancePatchesResponse.builder()
        .patches(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private void requireNode(String instanceId) {
    boolean known =
        core.store().read(db -> states.find(db, instanceId)).isPresent()
            || nodeExists.test(instanceId);
    if (!known) {
      throw new ApiException(
          "InvalidInstanceId", "The managed node " + instanceId + " does not exist.");
    }
  }

  static PatchComplianceData onTheWire(PatchStatus status) {
    boolean wanted = status.state() == PatchState.MISSING || status.state() == PatchState.FAILED;
    return PatchComplianceData.builder()
        .title(PatchNames.title(status))
        .kbId(PatchNames.kbId(status))
        .classification(status.classification())
        .severity(status.severity())
        .state(status.state().wireName())
        .installedTime(Instant.ofEpochSecond(status.installedAt()))
        .cveIds(wanted && !status.cves().isEmpty() ? String.join(",", status.cves()) : null)
        .build();
  }

  private static String key(PatchComplianceData patch) {
    return patch.title() + " " + patch.kbId() + " " + patch.stateAsString();
  }

  private static boolean admits(PatchOrchestratorFilter filter, PatchComplianceData patch) {
    String value = value(filter, patch);
    boolean state = "State".equals(filter.key());
    return value != null
        && filter.values().stream()
            .anyMatch(wanted -> state ? isState(wanted, value) : wanted.equals(value));
  }

  private static @Nullable String value(PatchOrchestratorFilter filter, PatchComplianceData patch) {
    String key = filter.key() == null ? "" : filter.key();
    return switch (key) {
      case "Classification" -> patch.classification();
      case "KBId" -> patch.kbId();
      case "Severity" -> patch.severity();
      case "State" -> patch.stateAsString();
      default ->
          throw new ApiException(
              "InvalidFilter",
              "The filter key " + key + " is none of Classification, KBId, Severity, State.");
    };
  }

  /** States are asked for as they are shown and as the service model spells them. */
  private static boolean isState(String wanted, String value) {
    return wanted.replace("_", "").equalsIgnoreCase(value);
  }
}

package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Self;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.BaselineOverride;
import software.amazon.awssdk.services.ssm.model.GetDeployablePatchSnapshotForInstanceRequest;
import software.amazon.awssdk.services.ssm.model.GetDeployablePatchSnapshotForInstanceResponse;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/** GetDeployablePatchSnapshotForInstance: one frozen evaluation, as a document to download. */
final class DeployableSnapshots {
  private final Core core;
  private final FactsTable facts;
  private final RunBaselines baselines;
  private final SnapshotUrls urls;

  DeployableSnapshots(Core core, FactsTable facts, RunBaselines baselines, SnapshotUrls urls) {
    this.core = core;
    this.facts = facts;
    this.baselines = baselines;
    this.urls = urls;
  }

  void offer() {
    urls.offer();
    core.operations().on(GetDeployablePatchSnapshotForInstanceRequest.class, this::get);
  }

  private GetDeployablePatchSnapshotForInstanceResponse get(
      GetDeployablePatchSnapshotForInstanceRequest request, Caller caller) {
    String instanceId =
        caller instanceof Caller.Node
            ? Self.of(caller, request.instanceId())
            : request.instanceId();
    StoredFacts stored =
        core.store()
            .read(db -> facts.find(db, instanceId))
            .orElseThrow(
                () ->
                    new ApiException(
                        "UnsupportedOperatingSystem",
                        "The operating system of " + instanceId + " is not known: scan it first."));
    String system = stored.operatingSystem();
    SnapshotTable.Frozen frozen =
        baselines.frozen(
            instanceId, system, request.snapshotId(), brought(request.baselineOverride(), system));
    String url =
        core.store().write(tx -> urls.issue(tx, request.snapshotId(), frozen.patchGroup(), system));
    return GetDeployablePatchSnapshotForInstanceResponse.builder()
        .instanceId(instanceId)
        .snapshotId(request.snapshotId())
        .product(stored.facts().platform().product())
        .snapshotDownloadUrl(url)
        .build();
  }

  private static @Nullable GetPatchBaselineResponse brought(
      @Nullable BaselineOverride override, String operatingSystem) {
    if (override == null) {
      return null;
    }
    GetPatchBaselineResponse baseline = Overrides.complete(override);
    if (!operatingSystem.equals(baseline.operatingSystemAsString())) {
      throw new ApiException(
          "ValidationException", "BaselineOverride is not for " + operatingSystem + ".");
    }
    return baseline;
  }
}

package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.decision.Approval;
import dev.fleetmend.patching.decision.Approvals;
import dev.fleetmend.patching.decision.UnsupportedOperatingSystem;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.baseline.BaselineDirectory;
import dev.fleetmend.server.catalog.Catalog;
import dev.fleetmend.server.catalog.ProductOffers;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeEffectivePatchesForPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.DescribeEffectivePatchesForPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.EffectivePatch;
import software.amazon.awssdk.services.ssm.model.PatchDeploymentStatus;
import software.amazon.awssdk.services.ssm.model.PatchStatus;

/** DescribeEffectivePatchesForPatchBaseline: what a baseline makes of all that is on offer. */
final class EffectivePatches {
  private static final int DEFAULT_PAGE = 50;

  private final Core core;
  private final Catalog catalog;
  private final BaselineDirectory directory;

  EffectivePatches(Core core, Catalog catalog, BaselineDirectory directory) {
    this.core = core;
    this.catalog = catalog;
    this.directory = directory;
  }

  void offer() {
    core.operations().on(DescribeEffectivePatchesForPatchBaselineRequest.class, this::describe);
  }

  private DescribeEffectivePatchesForPatchBaselineResponse describe(
      DescribeEffectivePatchesForPatchBaselineRequest request, Caller caller) {
    Baseline baseline = directory.rules(directory.require(request.baselineId()));
    requireJudgeable(baseline);
    List<EffectivePatch> effective = new ArrayList<>();
    for (ProductOffers product : core.store().read(catalog::offers)) {
      if (product.operatingSystem().equals(baseline.operatingSystem())) {
        effective.addAll(effective(baseline, product));
      }
    }
    effective.sort(Comparator.comparing(EffectivePatches::key));
    Page<EffectivePatch> page =
        Pages.slice(
            effective,
            EffectivePatches::key,
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return DescribeEffectivePatchesForPatchBaselineResponse.builder()
        .effectivePatches(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private void requireJudgeable(Baseline baseline) {
    try {
      Approvals.by(baseline, "", core.clock().instant());
    } catch (UnsupportedOperatingSystem e) {
      throw new ApiException("UnsupportedOperatingSystem", e.getMessage() + ".");
    }
  }

  private List<EffectivePatch> effective(Baseline baseline, ProductOffers product) {
    Approvals approvals = Approvals.by(baseline, product.product(), core.clock().instant());
    List<EffectivePatch> effective = new ArrayList<>();
    for (OfferedVersion offer : product.offers()) {
      Approval approval = approvals.of(offer);
      PatchDeploymentStatus status = status(approval);
      if (status != null) {
        effective.add(
            EffectivePatch.builder()
                .patch(CatalogPatches.of(product.operatingSystem(), product.product(), offer))
                .patchStatus(
                    PatchStatus.builder()
                        .deploymentStatus(status)
                        .complianceLevel(approval.level().name())
                        .approvalDate(date(approval))
                        .build())
                .build());
      }
    }
    return effective;
  }

  private static @Nullable PatchDeploymentStatus status(Approval approval) {
    return switch (approval.verdict()) {
      case APPROVED -> PatchDeploymentStatus.APPROVED;
      case EXPLICITLY_APPROVED -> PatchDeploymentStatus.EXPLICIT_APPROVED;
      case PENDING -> PatchDeploymentStatus.PENDING_APPROVAL;
      case EXPLICITLY_REJECTED -> PatchDeploymentStatus.EXPLICIT_REJECTED;
      case NOT_APPROVED -> null;
    };
  }

  private static @Nullable Instant date(Approval approval) {
    return approval.approvedFrom().equals(Instant.EPOCH) ? null : approval.approvedFrom();
  }

  private static String key(EffectivePatch effective) {
    return CatalogPatches.key(effective.patch());
  }
}

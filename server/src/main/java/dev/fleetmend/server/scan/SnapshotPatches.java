package dev.fleetmend.server.scan;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.decision.Approvals;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.catalog.Catalog;
import dev.fleetmend.server.catalog.ProductOffers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.OperatingSystem;
import software.amazon.awssdk.services.ssm.model.Patch;

/** What a frozen baseline approves of the catalogue: for Windows, where the server chooses. */
final class SnapshotPatches {
  private final Core core;
  private final Catalog catalog;
  private final RunBaselines baselines;

  SnapshotPatches(Core core, Catalog catalog, RunBaselines baselines) {
    this.core = core;
    this.catalog = catalog;
    this.baselines = baselines;
  }

  List<Patch> of(GetPatchBaselineResponse frozen) {
    if (frozen.operatingSystem() != OperatingSystem.WINDOWS) {
      return List.of();
    }
    Baseline baseline = baselines.rules(frozen);
    List<Patch> approved = new ArrayList<>();
    for (ProductOffers product : core.store().read(catalog::offers)) {
      if (product.operatingSystem().equals(baseline.operatingSystem())) {
        Approvals approvals = Approvals.by(baseline, product.product(), core.clock().instant());
        product.offers().stream()
            .filter(offer -> approvals.of(offer).isApproved())
            .map(offer -> CatalogPatches.of(product.operatingSystem(), product.product(), offer))
            .forEach(approved::add);
      }
    }
    approved.sort(Comparator.comparing(CatalogPatches::key));
    return approved;
  }
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The results of a transaction that ended before it tried anything. */
public final class Untried {
  private final PackageManager manager;

  public Untried(PackageManager manager) {
    this.manager = manager;
  }

  /** One for each wanted version, as its package stands. */
  public List<PatchResult> results(Order order, Outcome outcome, String why) throws IOException {
    Map<PackageId, PackageStanding> now = manager.standings();
    List<PatchResult> results = new ArrayList<>();
    for (var version : order.wanted()) {
      PackageStanding standing = now.get(PackageId.of(version));
      results.add(
          new PatchResult(
              version.name(),
              version.arch(),
              standing == null || standing.version().isEmpty() ? null : standing.version(),
              version.version(),
              outcome,
              why,
              false,
              ""));
    }
    return results;
  }
}

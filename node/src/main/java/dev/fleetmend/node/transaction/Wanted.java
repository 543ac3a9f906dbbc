package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a plan, those that need no try apart.
 *
 * @param tried those to be tried
 * @param settled what became of the others
 */
record Wanted(List<PackageVersion> tried, Map<PackageVersion, PatchResult> settled) {

  static Wanted of(List<PackageVersion> versions, Map<PackageId, PackageStanding> now) {
    Map<PackageVersion, PatchResult> settled = new LinkedHashMap<>();
    List<PackageVersion> tried = new ArrayList<>();
    for (PackageVersion version : new LinkedHashSet<>(versions)) {
      PackageStanding standing = now.get(PackageId.of(version));
      if (standing != null && standing.isWhollyAt(version.version())) {
        settled.put(version, result(version, standing, Outcome.UNCHANGED, "was there already"));
      } else if (standing != null && standing.held()) {
        settled.put(version, result(version, standing, Outcome.REFUSED, "held on this host"));
      } else {
        tried.add(version);
      }
    }
    return new Wanted(tried, settled);
  }

  /** What became of a version that nothing was changed for. */
  static PatchResult result(
      PackageVersion version, @Nullable PackageStanding standing, Outcome outcome, String message) {
    return new PatchResult(
        version.name(),
        version.arch(),
        standing == null || standing.version().isEmpty() ? null : standing.version(),
        version.version(),
        outcome,
        message,
        false,
        "");
  }
}

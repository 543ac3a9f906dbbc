package dev.fleetmend.server.worker;

import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker script has found and done, understood.
 *
 * @param results what became of what it was to put in or take out
 * @param worksBootId the boot in which it did so
 * @param startedAt epoch milliseconds by the node's clock
 * @param baselineOverride the text behind the command's BaselineOverride, or null
 * @param installOverrideList the text behind the command's InstallOverrideList, or null
 */
record WorkerScan(
    HostFacts facts,
    List<Result> results,
    String worksBootId,
    long startedAt,
    @Nullable String baselineOverride,
    @Nullable String installOverrideList) {
  WorkerScan {
    results = List.copyOf(results);
  }

  /** How it went with one update; {@code message} is empty where it went well. */
  record Result(PackageVersion update, boolean done, String message) {}
}

package dev.fleetmend.server.scan;

import dev.fleetmend.patching.decision.NodeHistory;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.TransactionReport;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a node's runs.
 *
 * @param failed what the last Install could not put in
 * @param waiting what an Install put in and that waits for a reboot
 */
record PatchMemory(List<PackageVersion> failed, List<Waiting> waiting) {
  PatchMemory {
    failed = List.copyOf(failed);
    waiting = List.copyOf(waiting);
  }

  /** A version put in during a boot that has not ended yet. */
  record Waiting(PackageVersion version, String bootId) {}

  static PatchMemory none() {
    return new PatchMemory(List.of(), List.of());
  }

  /** What is remembered after a run, of which the facts are those after it. */
  PatchMemory after(PatchRunReport run, Boot boot) {
    return new PatchMemory(
        run.operation().equals("Install") ? failedIn(run) : failed, waitingAfter(run, boot));
  }

  NodeHistory history(Set<PackageVersion> quarantined, Set<PackageVersion> released) {
    Map<PackageVersion, String> boots =
        waiting.stream()
            .collect(Collectors.toMap(Waiting::version, Waiting::bootId, (old, later) -> later));
    return new NodeHistory(Set.copyOf(failed), boots, quarantined, released);
  }

  /** What a cancelled run left as it was has not failed. */
  private static List<PackageVersion> failedIn(PatchRunReport run) {
    return results(run, "Install")
        .filter(
            result ->
                result.outcome() == PatchResult.Outcome.FAILED
                    || result.outcome() == PatchResult.Outcome.REFUSED)
        .flatMap(result -> version(result, result.toVersion()))
        .distinct()
        .toList();
  }

  /**
   * With NoReboot all that was put in waits for the next boot; else only while the host itself asks
   * for a reboot.
   */
  private List<Waiting> waitingAfter(PatchRunReport run, Boot boot) {
    Set<PackageVersion> gone =
        results(run, "Rollback")
            .flatMap(result -> version(result, result.fromVersion()))
            .collect(Collectors.toSet());
    List<Waiting> still = new ArrayList<>(waiting);
    if (run.rebootOption().equals("NoReboot") || boot.rebootRequired()) {
      for (TransactionReport transaction : run.transactions()) {
        if (transaction.kind().equals("Install")) {
          transaction.results().stream()
              .filter(result -> result.outcome() == PatchResult.Outcome.DONE)
              .flatMap(result -> version(result, result.toVersion()))
              .forEach(version -> still.add(new Waiting(version, transaction.bootId())));
        }
      }
    }
    Set<PackageVersion> seen = new HashSet<>();
    return still.stream()
        .filter(wait -> wait.bootId().equals(boot.id()) && !gone.contains(wait.version()))
        .filter(wait -> seen.add(wait.version()))
        .toList();
  }

  private static Stream<PatchResult> results(PatchRunReport run, String kind) {
    return run.transactions().stream()
        .filter(transaction -> transaction.kind().equals(kind))
        .flatMap(transaction -> transaction.results().stream());
  }

  private static Stream<PackageVersion> version(PatchResult result, @Nullable String version) {
    return version == null
        ? Stream.empty()
        : Stream.of(new PackageVersion(result.name(), result.arch(), version));
  }
}

package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.exchange.TransactionReport;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Self;
import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.rollback.Quarantine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code Fleetmend.EndPatchRun}: records a run and derives the patch states after it. */
final class RunEndings {
  private static final long LONGEST_RUN = Duration.ofDays(2).toMillis();

  private final Core core;
  private final FactsTable facts;
  private final NodeStateTable states;
  private final Quarantine quarantine;
  private final RunBaselines baselines;
  private final Derivations derivations;
  private final Refreshing refreshing;
  private final OperationHistory history;

  RunEndings(
      Core core,
      FactsTable facts,
      NodeStateTable states,
      Quarantine quarantine,
      RunBaselines baselines,
      Derivations derivations,
      Refreshing refreshing) {
    this.core = core;
    this.history = new OperationHistory(core.quotas().of(Quota.PATCH_OPERATIONS_PER_NODE));
    this.facts = facts;
    this.states = states;
    this.quarantine = quarantine;
    this.baselines = baselines;
    this.derivations = derivations;
    this.refreshing = refreshing;
  }

  void offer() {
    core.operations().on("Fleetmend.EndPatchRun", PatchRunReport.class, this::end);
  }

  PatchRunSummary end(PatchRunReport report, Caller caller) {
    String instanceId = Self.of(caller, report.instanceId());
    RunCheck.report(report);
    String system =
        core.store()
            .read(db -> facts.find(db, instanceId))
            .map(StoredFacts::operatingSystem)
            .orElseThrow(
                () -> new ApiException("ValidationException", "Report the node's facts first."));
    JudgedBy by =
        baselines.ofRun(instanceId, system, report.snapshotId(), report.baselineOverride());
    return core.store().write(tx -> RunSummary.of(record(tx, instanceId, by, report)));
  }

  private Derivations.Derived record(
      Handle tx, String instanceId, JudgedBy by, PatchRunReport report) {
    Optional<NodeState> before = states.lock(tx, instanceId);
    StoredFacts stored = facts.find(tx, instanceId).orElseThrow();
    PatchMemory memory =
        before
            .map(NodeState::memory)
            .orElseGet(PatchMemory::none)
            .after(report, stored.facts().boot());
    hold(tx, instanceId, by.patchGroup(), report, stored.facts());
    PatchOperation operation = operation(report, by.override(), before);
    Derivations.Derived derived = derivations.derive(tx, instanceId, stored, by, operation, memory);
    history.add(tx, derived.state(), report);
    return derived;
  }

  private void hold(
      Handle tx, String instanceId, String patchGroup, PatchRunReport report, HostFacts facts) {
    for (TransactionReport transaction : report.transactions()) {
      if (transaction.kind().equals("Rollback") && !transaction.quarantined().isEmpty()) {
        Map<PackageVersion, List<String>> versions = new HashMap<>();
        transaction.quarantined().forEach(version -> versions.put(version, cves(facts, version)));
        quarantine.hold(tx, instanceId, patchGroup, transaction.transactionId(), versions);
        if (!patchGroup.isEmpty()) {
          refreshing.group(tx, patchGroup);
        }
      }
    }
  }

  private static List<String> cves(HostFacts facts, PackageVersion version) {
    return facts.offered().stream()
        .filter(
            offer ->
                offer.name().equals(version.name()) && offer.version().equals(version.version()))
        .map(OfferedVersion::cves)
        .findFirst()
        .orElse(List.of());
  }

  /** Nodes' clocks may be wrong: the run ends now, and took as long as the node says. */
  private PatchOperation operation(
      PatchRunReport report, @Nullable String override, Optional<NodeState> before) {
    long now = core.clock().millis();
    long took = Math.clamp(report.endedAt() - report.startedAt(), 0, LONGEST_RUN);
    boolean install = report.operation().equals("Install");
    boolean noReboot = !install || report.rebootOption().equals("NoReboot");
    return new PatchOperation(
        report.commandId().isEmpty() ? core.ids().uuid() : report.commandId(),
        report.operation(),
        noReboot ? "NoReboot" : "RebootIfNeeded",
        now - took,
        now,
        report.snapshotId(),
        report.installOverrideListUrl(),
        override,
        install && noReboot
            ? now
            : before.map(state -> state.operation().lastNoRebootInstallAt()).orElse(0L));
  }
}

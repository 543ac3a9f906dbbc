package dev.fleetmend.server.scan;

import dev.fleetmend.api.AwsJson;
import dev.fleetmend.patching.decision.PatchStatus;
import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.baseline.BaselineDirectory;
import dev.fleetmend.server.catalog.Catalog;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.rollback.Quarantine;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Facts, patch runs and patch states, put together. */
public final class ScanCapability {
  private final Core core;
  private final Catalog catalog;
  private final BaselineDirectory directory;
  private final Predicate<String> nodeExists;
  private final Predicate<Handle> onlyRevertible;
  private final FactsTable facts;
  private final NodeStateTable states;
  private final Overrides overrides;
  private final SnapshotTable snapshots;
  private final RunBaselines baselines;
  private final Quarantine quarantine;
  private final Derivations derivations;
  private final Refreshing refreshing;

  /**
   * Puts the parts together; {@link #offer} makes them known.
   *
   * @param nodeExists whether an instance id is a managed node's
   * @param onlyRevertible whether runs that do not say it themselves change nothing where some of
   *     it could not be taken back
   */
  public ScanCapability(
      Core core,
      Quarantine quarantine,
      BaselineDirectory directory,
      Predicate<String> nodeExists,
      Predicate<Handle> onlyRevertible) {
    this.catalog = new Catalog();
    this.directory = directory;
    this.nodeExists = nodeExists;
    this.onlyRevertible = onlyRevertible;
    AwsJson json = new AwsJson();
    this.core = core;
    this.quarantine = quarantine;
    this.facts = new FactsTable(catalog);
    this.states = new NodeStateTable(catalog);
    this.overrides = new Overrides(json);
    this.snapshots = new SnapshotTable(json, core.clock());
    this.baselines = new RunBaselines(core.store(), directory, snapshots, overrides, json);
    this.derivations = new Derivations(core, facts, states, quarantine, baselines);
    this.refreshing = new Refreshing(core, states, derivations);
  }

  public void offer() {
    refreshing.offer();
    new FactsReporting(core, facts, derivations).offer();
    beginnings().offer();
    new RunEndings(core, facts, states, quarantine, baselines, derivations, refreshing).offer();
    new PatchStateOperations(core, states, directory).offer();
    new InstancePatches(core, states, nodeExists).offer();
    new AvailablePatches(core, catalog).offer();
    new Explanations(core, facts, states).offer();
    new PatchDoubts(core, facts, states, quarantine).offer();
    new DeployableSnapshots(
            core,
            facts,
            baselines,
            new SnapshotUrls(core, snapshots, new SnapshotPatches(core, catalog, baselines)::of))
        .offer();
    new EffectivePatches(core, catalog, directory).offer();
  }

  private RunBeginnings beginnings() {
    return new RunBeginnings(core, facts, states, quarantine, baselines, overrides, onlyRevertible);
  }

  /** Has every node's states derived again once the caller's transaction is committed. */
  public void refreshAll(Handle tx) {
    refreshing.all(tx);
  }

  /** Has the states of a node, or of a patch group's nodes, derived again. */
  public void refresh(Handle tx, String instanceId, String patchGroup) {
    if (patchGroup.isEmpty()) {
      refreshing.node(tx, instanceId);
    } else {
      refreshing.group(tx, patchGroup);
    }
  }

  /** Has somebody told whenever a node's patch states have been derived. */
  public void whenDerived(DerivedListener listener) {
    derivations.whenDerived(listener);
  }

  /** What patch operations found. */
  public PatchStates patchStates() {
    return new PatchStates() {
      @Override
      public Optional<PatchedNode> find(Handle db, String instanceId) {
        return states.find(db, instanceId).map(PatchedNode::of);
      }

      @Override
      public List<PatchStatus> statuses(Handle db, String instanceId) {
        return states.statuses(db, instanceId);
      }
    };
  }

  /** Patch runs of nodes on which no agent of ours asks. */
  public PatchRuns patchRuns() {
    return new PatchRuns() {
      private final FactsReporting reporting = new FactsReporting(core, facts, derivations);
      private final RunBeginnings beginnings = beginnings();
      private final RunEndings endings =
          new RunEndings(core, facts, states, quarantine, baselines, derivations, refreshing);

      @Override
      public void check(HostFacts reported) {
        FactsCheck.facts(reported);
      }

      @Override
      public void report(FactsReport report) {
        reporting.report(report, new Caller.Node(report.instanceId()));
      }

      @Override
      public PatchRunPlan begin(PatchRunRequest request) {
        return beginnings.begin(request, new Caller.Node(request.instanceId()));
      }

      @Override
      public PatchRunSummary end(PatchRunReport report) {
        return endings.end(report, new Caller.Node(report.instanceId()));
      }
    };
  }

  /** Forgets a node. */
  public void forget(Handle tx, String instanceId) {
    states.forget(tx, instanceId);
  }
}

package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.decision.Doubts;
import dev.fleetmend.patching.decision.NodeHistory;
import dev.fleetmend.patching.decision.Selection;
import dev.fleetmend.patching.decision.UnsupportedOperatingSystem;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Self;
import dev.fleetmend.server.rollback.HeldVersion;
import dev.fleetmend.server.rollback.Quarantine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** {@code Fleetmend.BeginPatchRun}: says what an Install is to put in, exactly. */
final class RunBeginnings {
  private final Core core;
  private final FactsTable facts;
  private final NodeStateTable states;
  private final Quarantine quarantine;
  private final RunBaselines baselines;
  private final Overrides overrides;
  private final Predicate<Handle> onlyRevertible;
  private final RecordJson json = new RecordJson(Naming.CAMEL);

  RunBeginnings(
      Core core,
      FactsTable facts,
      NodeStateTable states,
      Quarantine quarantine,
      RunBaselines baselines,
      Overrides overrides,
      Predicate<Handle> onlyRevertible) {
    this.core = core;
    this.facts = facts;
    this.states = states;
    this.quarantine = quarantine;
    this.baselines = baselines;
    this.overrides = overrides;
    this.onlyRevertible = onlyRevertible;
  }

  void offer() {
    core.operations().on("Fleetmend.BeginPatchRun", PatchRunRequest.class, this::begin);
  }

  PatchRunPlan begin(PatchRunRequest request, Caller caller) {
    String instanceId = Self.of(caller, request.instanceId());
    RunCheck.options(request.operation(), request.rebootOption(), request.commandId());
    RunCheck.overrides(request.baselineOverride(), request.installOverrideList() != null);
    StoredFacts stored = core.store().read(db -> required(db, instanceId));
    JudgedBy by =
        baselines.ofRun(
            instanceId, stored.operatingSystem(), request.snapshotId(), request.baselineOverride());
    return core.store().read(db -> plan(db, instanceId, stored, by, request));
  }

  private StoredFacts required(Handle db, String instanceId) {
    return facts
        .find(db, instanceId)
        .orElseThrow(
            () -> new ApiException("ValidationException", "Report the node's facts first."));
  }

  private PatchRunPlan plan(
      Handle db, String instanceId, StoredFacts stored, JudgedBy by, PatchRunRequest request) {
    List<HeldVersion> held = quarantine.heldFrom(db, instanceId, by.patchGroup());
    Set<PackageVersion> released = quarantine.releasedTo(db, instanceId, by.patchGroup());
    NodeHistory history =
        states
            .find(db, instanceId)
            .map(NodeState::memory)
            .orElseGet(PatchMemory::none)
            .history(Derivations.versions(held), released);
    Selection selection = select(stored, by, history, request);
    List<String> notes = new ArrayList<>(selection.notes());
    notes.addAll(Doubts.of(stored.facts(), core.clock().instant()));
    PatchRunPlan plan =
        new PatchRunPlan(
            by.baseline().id(),
            selection.install(),
            held.stream().map(HeldVersion::version).toList(),
            selection.blocked(),
            onlyRevertible.test(db),
            notes,
            "");
    return new PatchRunPlan(
        plan.baselineId(),
        plan.install(),
        plan.heldBack(),
        plan.blocked(),
        plan.onlyRevertible(),
        plan.notes(),
        sha256(json.write(plan)));
  }

  private Selection select(
      StoredFacts stored, JudgedBy by, NodeHistory history, PatchRunRequest request) {
    Instant now = core.clock().instant();
    String list = request.installOverrideList();
    try {
      return list == null
          ? Selection.of(by.baseline(), stored.facts(), history, now)
          : Selection.ofOverrides(
              overrides.patches(list), by.baseline(), stored.facts(), history, now);
    } catch (UnsupportedOperatingSystem e) {
      throw new ApiException("UnsupportedOperatingSystem", e.getMessage() + ".");
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.decision.Decision;
import dev.fleetmend.patching.decision.NodeHistory;
import dev.fleetmend.patching.decision.UnsupportedOperatingSystem;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.rollback.HeldVersion;
import dev.fleetmend.server.rollback.Quarantine;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Derives a node's patch states from its facts, and stores them. */
final class Derivations {
  private final Core core;
  private final FactsTable facts;
  private final NodeStateTable states;
  private final Quarantine quarantine;
  private final RunBaselines baselines;
  private final List<DerivedListener> listeners = new CopyOnWriteArrayList<>();

  Derivations(
      Core core,
      FactsTable facts,
      NodeStateTable states,
      Quarantine quarantine,
      RunBaselines baselines) {
    this.core = core;
    this.facts = facts;
    this.states = states;
    this.quarantine = quarantine;
    this.baselines = baselines;
  }

  void whenDerived(DerivedListener listener) {
    listeners.add(listener);
  }

  /** What was derived. */
  record Derived(NodeState state, Decision decision, List<HeldVersion> held) {}

  /** Derives from facts after an operation. */
  Derived derive(
      Handle tx,
      String instanceId,
      StoredFacts stored,
      JudgedBy by,
      PatchOperation operation,
      PatchMemory memory) {
    List<HeldVersion> held = quarantine.heldFrom(tx, instanceId, by.patchGroup());
    Set<PackageVersion> released = quarantine.releasedTo(tx, instanceId, by.patchGroup());
    Decision decision = decide(stored, by, memory.history(versions(held), released));
    NodeState state =
        new NodeState(
            instanceId,
            by.patchGroup(),
            by.baseline().id(),
            by.version(),
            operation,
            decision.counts(),
            memory);
    states.put(tx, state, decision.statuses());
    PatchedNode node = PatchedNode.of(state);
    listeners.forEach(listener -> listener.derived(tx, node, decision.statuses()));
    return new Derived(state, decision, held);
  }

  /** Derives again a node's states after its last operation; a node without one has none. */
  void refresh(String instanceId) {
    Optional<NodeState> before = core.store().read(db -> states.find(db, instanceId));
    Optional<StoredFacts> known = core.store().read(db -> facts.find(db, instanceId));
    if (before.isEmpty() || known.isEmpty()) {
      return;
    }
    String override = before.get().operation().override();
    JudgedBy by = baselines.ofNode(instanceId, known.get().operatingSystem(), override);
    core.store().change(tx -> refresh(tx, instanceId, by));
  }

  private void refresh(Handle tx, String instanceId, JudgedBy by) {
    Optional<NodeState> state = states.lock(tx, instanceId);
    Optional<StoredFacts> stored = facts.find(tx, instanceId);
    if (state.isPresent() && stored.isPresent()) {
      derive(tx, instanceId, stored.get(), by, state.get().operation(), state.get().memory());
    }
  }

  static Set<PackageVersion> versions(List<HeldVersion> held) {
    return held.stream().map(HeldVersion::version).collect(Collectors.toSet());
  }

  private Decision decide(StoredFacts stored, JudgedBy by, NodeHistory history) {
    try {
      return Decision.of(by.baseline(), stored.facts(), history, core.clock().instant());
    } catch (UnsupportedOperatingSystem e) {
      throw new ApiException("UnsupportedOperatingSystem", e.getMessage() + ".");
    }
  }
}

package dev.fleetmend.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.work.WorkKind;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Derives the states of many nodes again, as durable work. */
final class Refreshing {
  private static final Logger LOG = LoggerFactory.getLogger(Refreshing.class);
  private static final WorkKind<Refresh> KIND = new WorkKind<>("scan.refresh", Refresh.class);
  private static final int BATCH = 500;

  private final Core core;
  private final NodeStateTable states;
  private final Derivations derivations;

  Refreshing(Core core, NodeStateTable states, Derivations derivations) {
    this.core = core;
    this.states = states;
    this.derivations = derivations;
  }

  /**
   * Whose states are derived again.
   *
   * @param scope {@code node}, {@code group} or {@code all}
   * @param name the node or the group, else empty
   */
  record Refresh(String scope, String name) {}

  void offer() {
    core.work().on(KIND, this::run);
  }

  void node(Handle tx, String instanceId) {
    schedule(tx, new Refresh("node", instanceId));
  }

  void group(Handle tx, String patchGroup) {
    schedule(tx, new Refresh("group", patchGroup));
  }

  void all(Handle tx) {
    schedule(tx, new Refresh("all", ""));
  }

  private void schedule(Handle tx, Refresh refresh) {
    String id = refresh.scope() + "-" + UUID.nameUUIDFromBytes(refresh.name().getBytes(UTF_8));
    core.work().schedule(tx, KIND, id, refresh, core.clock().instant());
  }

  private void run(Refresh refresh) {
    switch (refresh.scope()) {
      case "node" -> derivations.refresh(refresh.name());
      case "group" -> refresh(core.store().read(db -> states.ofGroup(db, refresh.name())));
      default -> runAll();
    }
  }

  private void runAll() {
    String last = "";
    List<NodeState> batch = after(last);
    while (!batch.isEmpty()) {
      refresh(batch);
      last = batch.getLast().instanceId();
      batch = after(last);
    }
  }

  private List<NodeState> after(String last) {
    return core.store().read(db -> states.after(db, last, BATCH));
  }

  private void refresh(List<NodeState> nodes) {
    for (NodeState node : nodes) {
      try {
        derivations.refresh(node.instanceId());
      } catch (RuntimeException e) {
        LOG.warn("could not derive the patch states of {} again", node.instanceId(), e);
      }
    }
  }
}

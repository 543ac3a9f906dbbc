package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rollbacks, one after the other, each planned upon what the ones before would leave. A package
 * manager cannot try a step on a host that does not stand so yet: it is asked of each whether the
 * host could get there from where it stands now, over all steps up to that one at once.
 */
final class RollbackChain {
  /** Why the rest is not tried once one step of a chain could not be made wholly. */
  private static final String NOT_TRIED =
      "not tried: a newer installation could not be taken back wholly";

  /** One rollback and what it would come to. */
  record Step(Order order, RollbackPlan plan) {}

  private final Host host;
  private final Map<PackageId, PackageStanding> standings;
  private final Map<String, Change> together = new LinkedHashMap<>();

  private RollbackChain(Host host) throws IOException {
    this.host = host;
    this.standings = new HashMap<>(host.manager().standings());
  }

  /**
   * Plans them.
   *
   * @param wholly whether the older ones are left alone where a newer one does not go back wholly
   */
  static List<Step> of(List<Order> orders, boolean wholly, Host host) throws IOException {
    RollbackChain chain = new RollbackChain(host);
    List<Step> steps = new ArrayList<>();
    boolean inVain = false;
    for (Order order : orders) {
      RollbackPlan plan = chain.next(order);
      plan = inVain ? plan.allRefused(NOT_TRIED) : chain.tried(plan);
      inVain |= wholly && !plan.refused().isEmpty();
      chain.assume(plan.changes());
      steps.add(new Step(order, plan));
    }
    return steps;
  }

  private RollbackPlan next(Order order) throws IOException {
    Transaction undone =
        host.journal()
            .find(order.undoes())
            .orElseThrow(() -> new IOException("no transaction " + order.undoes() + " to undo"));
    return RollbackPlan.of(undone, order.only(), new Standing(standings), host);
  }

  private RollbackPlan tried(RollbackPlan plan) throws IOException {
    if (plan.changes().isEmpty()) {
      return plan;
    }
    Map<String, Change> upToThis = new LinkedHashMap<>(together);
    plan.changes().forEach(change -> merge(upToThis, change));
    return plan.tried(host, List.copyOf(upToThis.values()));
  }

  /** The next one begins where this one ends. */
  private void assume(List<Change> changes) {
    for (Change change : changes) {
      merge(together, change);
      PackageId id = new PackageId(change.name(), change.arch());
      String to = change.to();
      if (to == null) {
        standings.remove(id);
      } else {
        standings.put(id, new PackageStanding(to, Completeness.WHOLE, false, "installed"));
      }
    }
  }

  /** From where the package stands now to where the change takes it, if that is not the same. */
  private static void merge(Map<String, Change> all, Change change) {
    Change earlier = all.remove(change.id());
    Change merged =
        earlier == null
            ? change
            : new Change(
                change.name(),
                change.arch(),
                earlier.from(),
                change.to(),
                change.asked(),
                change.outgoing(),
                change.whyNotRevertible(),
                change.replacedBy());
    if (merged.from() == null ? merged.to() != null : !merged.from().equals(merged.to())) {
      all.put(change.id(), merged);
    }
  }
}

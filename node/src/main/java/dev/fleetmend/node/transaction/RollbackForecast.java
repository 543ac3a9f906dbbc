package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import dev.fleetmend.patching.decision.ClosedCves;
import dev.fleetmend.patching.exchange.LeftOutPatch;
import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PreviewedChange;
import dev.fleetmend.patching.fact.HostFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@link RollbackWork} would do with orders, one after the other: the same steps, tried
 * without doing them. What the package manager thinks of it is asked for the first one only; the
 * others begin where it cannot look yet.
 */
final class RollbackForecast {
  private final Host host;

  RollbackForecast(Host host) {
    this.host = host;
  }

  PatchPreview of(List<Order> orders, List<String> notes, HostFacts facts) throws IOException {
    Map<PackageId, PackageStanding> standings = new HashMap<>(host.manager().standings());
    List<PreviewedChange> changes = new ArrayList<>();
    List<LeftOutPatch> leftOut = new ArrayList<>();
    List<String> all = new ArrayList<>(notes);
    Set<PackageId> touched = new TreeSet<>();
    boolean first = true;
    for (Order order : orders) {
      Transaction undone =
          host.journal()
              .find(order.undoes())
              .orElseThrow(() -> new IOException("no transaction " + order.undoes() + " to undo"));
      RollbackPlan plan = RollbackPlan.of(undone, order.only(), new Standing(standings), host);
      plan = first ? plan.tried(host.manager()) : plan;
      first = false;
      for (Change change : plan.changes()) {
        changes.add(previewed(change, order, facts));
        touched.add(new PackageId(change.name(), change.arch()));
        assume(standings, change);
      }
      plan.refused().stream().map(RollbackForecast::leftOut).forEach(leftOut::add);
      all.addAll(plan.differences());
    }
    return new PatchPreview(
        "Uninstall",
        "",
        orders.stream().map(Order::undoes).toList(),
        changes,
        leftOut,
        0,
        new Services(host.manager()).of(touched),
        false,
        List.of(),
        all);
  }

  private static PreviewedChange previewed(Change change, Order order, HostFacts facts) {
    String from = change.from();
    String to = change.to();
    return new PreviewedChange(
        change.name(),
        change.arch(),
        from,
        to,
        order.undoes(),
        change.asked(),
        from == null || to == null ? List.of() : ClosedCves.between(facts, change.name(), to, from),
        0,
        "");
  }

  private static LeftOutPatch leftOut(PatchResult refused) {
    return new LeftOutPatch(
        refused.name(), refused.arch(), String.valueOf(refused.fromVersion()), refused.message());
  }

  /** The next one begins where this one ends. */
  private static void assume(Map<PackageId, PackageStanding> standings, Change change) {
    PackageId id = new PackageId(change.name(), change.arch());
    String to = change.to();
    if (to == null) {
      standings.remove(id);
    } else {
      standings.put(id, new PackageStanding(to, Completeness.WHOLE, false, "installed"));
    }
  }
}

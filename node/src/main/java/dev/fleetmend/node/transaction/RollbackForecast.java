package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.decision.ClosedCves;
import dev.fleetmend.patching.exchange.LeftOutPatch;
import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PreviewedChange;
import dev.fleetmend.patching.fact.HostFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@link RollbackWork} would do with orders: the same steps, tried without doing them. */
final class RollbackForecast {
  private final Host host;

  RollbackForecast(Host host) {
    this.host = host;
  }

  PatchPreview of(List<Order> orders, boolean wholly, List<String> notes, HostFacts facts)
      throws IOException {
    List<PreviewedChange> changes = new ArrayList<>();
    List<LeftOutPatch> leftOut = new ArrayList<>();
    List<String> all = new ArrayList<>(notes);
    List<String> obstacles = new ArrayList<>();
    Set<PackageId> touched = new TreeSet<>();
    for (RollbackChain.Step step : RollbackChain.of(orders, wholly, host)) {
      for (Change change : step.plan().changes()) {
        changes.add(previewed(change, step.order(), facts));
        touched.add(new PackageId(change.name(), change.arch()));
      }
      step.plan().refused().stream().map(RollbackForecast::leftOut).forEach(leftOut::add);
      all.addAll(step.plan().differences());
      obstacles.addAll(step.plan().objections(step.order(), host));
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
        obstacles,
        all);
  }

  /** What stands against them before anything is changed, one line each. */
  List<String> objections(List<Order> orders, boolean wholly) throws IOException {
    List<String> objections = new ArrayList<>();
    for (RollbackChain.Step step : RollbackChain.of(orders, wholly, host)) {
      objections.addAll(step.plan().objections(step.order(), host));
    }
    return objections;
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
}

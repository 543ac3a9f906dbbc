package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.patching.decision.Doubts;
import dev.fleetmend.patching.exchange.HeldPreview;
import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.TaggedBaseline;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what a command asks for into orders, by the server's decision and this host's journal. */
final class RunOrders {
  private final PatchNode node;
  private final PackageManager manager;
  private final Journal journal;
  private final ServerTalk server;
  private final Clock clock;

  /**
   * The texts that override what the node's baseline says.
   *
   * @param baseline of BaselineOverride, or null
   * @param list of InstallOverrideList, or null
   * @param held the preview that the operation is held to, or null
   */
  record Terms(@Nullable String baseline, @Nullable String list, @Nullable PatchPreview held) {}

  /** The server's decision, with the facts that it was made by. */
  record Planned(PatchRunPlan plan, HostFacts facts) {}

  RunOrders(
      PatchNode node, PackageManager manager, Journal journal, ServerTalk server, Clock clock) {
    this.node = node;
    this.manager = manager;
    this.journal = journal;
    this.server = server;
    this.clock = clock;
  }

  /** The texts, fetched; of a held operation those of its preview. */
  Terms terms(Parameters parameters) throws RunException, InterruptedException {
    if (parameters.previewHash().isEmpty()) {
      return new Terms(
          brought(parameters),
          parameters.installs() ? OverrideText.fetch(parameters.installOverrideList()) : null,
          null);
    }
    HeldPreview held = server.held(parameters.previewHash());
    if (!held.preview().operation().equals(parameters.operation())) {
      throw new RunException(
          "The preview %s is of %s, not of %s. Nothing was done."
              .formatted(
                  parameters.previewHash(), held.preview().operation(), parameters.operation()));
    }
    return new Terms(held.baselineOverride(), held.installOverrideList(), held.preview());
  }

  private static @Nullable String brought(Parameters parameters) throws RunException {
    if (!parameters.baselineTags().isEmpty()) {
      TaggedBaseline tagged = new TaggedBaseline(parameters.baselineTags());
      return new String(new RecordJson(Naming.PASCAL).write(tagged), StandardCharsets.UTF_8);
    }
    String text = parameters.baselineOverrideText();
    return text.isEmpty() ? OverrideText.fetch(parameters.baselineOverride()) : text;
  }

  /** Asks for the decision, on fresh facts. */
  Planned plan(String commandId, Parameters parameters, Terms terms)
      throws IOException, RunException, InterruptedException {
    HostFacts facts = manager.scan();
    server.report(facts);
    PatchRunPlan plan =
        server.begin(
            new PatchRunRequest(
                node.instanceId(),
                commandId,
                parameters.meant(),
                parameters.snapshotId(),
                parameters.rebootOption(),
                terms.baseline(),
                terms.list()));
    return new Planned(plan, facts);
  }

  /** The order of an Install; held to its preview, it must be able to say what is missing. */
  Order install(String commandId, Parameters parameters, Terms terms, Planned planned)
      throws RunException {
    PatchRunPlan plan = planned.plan();
    boolean onlyRevertible = parameters.onlyRevertible(plan.onlyRevertible());
    if (onlyRevertible) {
      List<String> doubts = Doubts.of(planned.facts(), clock.instant());
      if (!doubts.isEmpty()) {
        throw new RunException(
            "Not ready for a change that must be revertible: "
                + String.join("; ", doubts)
                + ". Nothing was done; with NotRevertible=warn, which wins over the service setting, it"
                + " goes on.");
      }
    }
    Order order = Order.install(commandId, plan.hash(), plan.install(), plan.blocked());
    return bound(order, onlyRevertible, parameters, terms, "");
  }

  /** The orders of an Uninstall, newest installation first. */
  RollbackChoice uninstall(String commandId, Parameters parameters, Terms terms)
      throws IOException, RunException {
    RollbackChoice choice = RollbackChoice.make(journal, parameters, commandId);
    boolean whole = parameters.onlyRevertible(false); // no setting is to stop who goes back
    List<Order> orders = new ArrayList<>();
    for (Order order : choice.orders()) {
      orders.add(bound(order, whole, parameters, terms, order.undoes()));
    }
    PatchPreview held = terms.held();
    List<String> undoes = orders.stream().map(Order::undoes).toList();
    if (held != null && !held.undoes().equals(undoes)) {
      throw new RunException(
          "The preview takes back %s, and now it would be %s. Nothing was done."
              .formatted(named(held.undoes()), named(undoes)));
    }
    return new RollbackChoice(orders, choice.notes());
  }

  private static String named(List<String> transactions) {
    return transactions.isEmpty() ? "nothing" : String.join(", ", transactions);
  }

  private static Order bound(
      Order order, boolean onlyRevertible, Parameters parameters, Terms terms, String undoes) {
    Order held =
        terms.held() == null
            ? order
            : order.heldTo(parameters.previewHash(), terms.held().lines(undoes));
    return onlyRevertible ? held.refusingNotRevertible() : held;
  }
}

package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.vault.KeptPackage;
import dev.fleetmend.node.vault.Vault;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.TransactionState;
import dev.fleetmend.patching.exchange.TransactionState.PackageState;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The newest transactions of the journal, with what of them can be taken back now. */
final class TransactionStates {
  private static final int MOST = 50;

  private final Journal journal;
  private final Vault vault;

  TransactionStates(Journal journal, Vault vault) {
    this.journal = journal;
    this.vault = vault;
  }

  List<TransactionState> newest() throws IOException {
    List<Transaction> all = journal.all();
    Map<PackageVersion, KeptPackage> kept = vault.all();
    List<TransactionState> states = new ArrayList<>();
    for (Transaction one : all.subList(Math.max(0, all.size() - MOST), all.size())) {
      states.add(state(one, all, kept));
    }
    return states;
  }

  private static TransactionState state(
      Transaction one, List<Transaction> all, Map<PackageVersion, KeptPackage> kept) {
    boolean install = one.order().kind().equals(Order.INSTALL);
    Set<String> standing =
        install ? new HashSet<>(RollbackChoice.left(one, all, List.of())) : Set.of();
    Map<String, Change> changes = new HashMap<>();
    one.before().ifPresent(e -> e.changes().forEach(change -> changes.put(change.id(), change)));
    List<PackageState> packages = new ArrayList<>();
    for (PatchResult result : one.results()) {
      String id = result.name() + "." + result.arch();
      String whyNot = standing.contains(id) ? whyNot(changes.get(id), kept) : "";
      packages.add(
          new PackageState(
              result.name(),
              result.arch(),
              result.fromVersion(),
              result.toVersion(),
              result.outcome().name(),
              standing.contains(id) && whyNot.isEmpty(),
              whyNot));
    }
    return new TransactionState(
        one.id(),
        one.order().kind(),
        one.order().commandId(),
        one.order().undoes(),
        one.entries().getFirst().at(),
        one.isDone() ? one.last().at() : 0,
        one.isDone() ? one.last().note() : "at " + one.phase(),
        packages);
  }

  private static String whyNot(@Nullable Change change, Map<PackageVersion, KeptPackage> kept) {
    PackageVersion before = change == null ? null : change.before();
    if (change == null || before == null || kept.containsKey(before)) {
      return "";
    }
    return change.revertible()
        ? "the vault has forgotten " + before.version()
        : change.whyNotRevertible();
  }
}

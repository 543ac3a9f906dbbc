package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The versions whose kept files must stay: those that the newest installation of each package, if
 * it is not undone, would be undone with, and all of transactions that are not over.
 */
final class VaultNeeds {
  private VaultNeeds() {}

  static Set<PackageVersion> of(Journal journal) throws IOException {
    List<Transaction> all = journal.all();
    Set<PackageVersion> needed = new HashSet<>();
    Set<PackageId> seen = new HashSet<>();
    Set<String> undone = new HashSet<>();
    for (Transaction one : all.reversed()) {
      List<Change> changes = one.before().map(entry -> entry.changes()).orElse(List.of());
      if (!one.isDone()) {
        changes.stream()
            .flatMap(change -> Stream.of(change.reversed().after(), change.after()))
            .filter(Objects::nonNull)
            .forEach(needed::add);
      } else if (one.order().kind().equals(Order.ROLLBACK)) {
        done(one).forEach(id -> undone.add(one.order().undoes() + " " + id));
      } else {
        Set<PackageId> made = new HashSet<>(done(one));
        for (Change change : changes) {
          PackageId id = new PackageId(change.name(), change.arch());
          PackageVersion before = change.before();
          if (made.contains(id) && !undone.contains(one.id() + " " + id) && seen.add(id)) {
            if (before != null) {
              needed.add(before);
            }
          }
        }
      }
    }
    return needed;
  }

  private static List<PackageId> done(Transaction one) {
    return one.results().stream()
        .filter(result -> result.outcome() == Outcome.DONE)
        .map(VaultNeeds::id)
        .toList();
  }

  private static PackageId id(PatchResult result) {
    return new PackageId(result.name(), result.arch());
  }
}

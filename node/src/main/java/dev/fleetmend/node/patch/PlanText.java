package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Entry;
import dev.fleetmend.node.journal.Transaction;
import java.util.ArrayList;
import java.util.List;

/** What a prepared transaction is about to change, for people, a line a package. */
final class PlanText {
  private PlanText() {}

  static String of(Transaction transaction) {
    Entry prepared = transaction.before().orElseThrow();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Plan of %s transaction %s: %s"
            .formatted(transaction.order().kind(), transaction.id(), total(prepared.changes())));
    prepared.changes().forEach(change -> lines.add("  " + line(change)));
    return String.join("\n", lines) + "\n";
  }

  /** The first line alone is what is left where an answer has no room for more. */
  private static String total(List<Change> changes) {
    if (changes.isEmpty()) {
      return "nothing changes";
    }
    long lasting = changes.stream().filter(change -> !change.revertible()).count();
    return "%d %s, %s"
        .formatted(
            changes.size(),
            changes.size() == 1 ? "package" : "packages",
            lasting == 0 ? "all can be rolled back" : lasting + " cannot be rolled back");
  }

  private static String line(Change change) {
    String from = change.from() == null ? "(not installed)" : change.from();
    String to = change.to() == null ? "(removed)" : change.to();
    String back =
        change.revertible() ? "can be rolled back" : "not revertible: " + change.whyNotRevertible();
    return "%s %s -> %s; %s".formatted(change.id(), from, to, back);
  }
}

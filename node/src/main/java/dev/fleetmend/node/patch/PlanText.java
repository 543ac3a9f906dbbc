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
    lines.add("Plan of " + transaction.order().kind() + " transaction " + transaction.id() + ":");
    prepared.changes().forEach(change -> lines.add("  " + line(change)));
    if (prepared.changes().isEmpty()) {
      lines.add("  nothing changes");
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(Change change) {
    String from = change.from() == null ? "(not installed)" : change.from();
    String to = change.to() == null ? "(removed)" : change.to();
    String back =
        change.revertible() ? "can be rolled back" : "not revertible: " + change.whyNotRevertible();
    return "%s %s -> %s; %s".formatted(change.id(), from, to, back);
  }
}

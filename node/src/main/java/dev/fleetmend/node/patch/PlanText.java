package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Entry;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import java.util.ArrayList;
import java.util.List;

/** What a prepared transaction is about to change, for people, a line a package. */
final class PlanText {
  private PlanText() {}

  static String of(Transaction transaction) {
    Entry prepared = transaction.before().orElseThrow();
    List<Change> changes = prepared.changes();
    // A rollback is the way back itself.
    boolean wayBack = !transaction.order().kind().equals(Order.ROLLBACK);
    List<String> lines = new ArrayList<>();
    lines.add(
        "Plan of %s transaction %s: %s"
            .formatted(
                transaction.order().kind(),
                transaction.id(),
                count(changes) + (wayBack ? lasting(changes) : "")));
    changes.forEach(change -> lines.add("  " + line(change) + (wayBack ? back(change) : "")));
    return String.join("\n", lines) + "\n";
  }

  private static String count(List<Change> changes) {
    return switch (changes.size()) {
      case 0 -> "nothing changes";
      case 1 -> "1 package";
      default -> changes.size() + " packages";
    };
  }

  /** In the first line, since that is what is left where an answer has no room for more. */
  private static String lasting(List<Change> changes) {
    long lasting = changes.stream().filter(change -> !change.revertible()).count();
    if (changes.isEmpty()) {
      return "";
    }
    return lasting == 0 ? ", all can be rolled back" : ", " + lasting + " cannot be rolled back";
  }

  private static String line(Change change) {
    String from = change.from() == null ? "(not installed)" : change.from();
    String gone = change.replacedBy() == null ? "(removed)" : "(" + change.replacedBy() + ")";
    String to = change.to() == null ? gone : change.to();
    return "%s %s -> %s".formatted(change.id(), from, to);
  }

  private static String back(Change change) {
    return change.revertible()
        ? "; can be rolled back"
        : "; not revertible: " + change.whyNotRevertible();
  }
}

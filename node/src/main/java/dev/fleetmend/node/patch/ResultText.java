package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.patching.exchange.PatchResult;
import java.util.ArrayList;
import java.util.List;

/** A transaction for people, a line a package. */
final class ResultText {
  private ResultText() {}

  static List<String> of(Transaction transaction) {
    List<String> lines = new ArrayList<>();
    lines.add(transaction.order().kind() + " transaction " + transaction.id());
    for (PatchResult result : transaction.results()) {
      lines.add("  " + line(result));
    }
    transaction.last().differences().forEach(difference -> lines.add("  note: " + difference));
    return lines;
  }

  private static String line(PatchResult result) {
    String from = result.fromVersion() == null ? "(not installed)" : result.fromVersion();
    String to = result.toVersion() == null ? "(removed)" : result.toVersion();
    String line =
        "%s.%s %s -> %s: %s".formatted(result.name(), result.arch(), from, to, result.outcome());
    if (!result.message().isEmpty()) {
      line += " (" + result.message() + ")";
    }
    return result.whyNotRevertible().isEmpty()
        ? line
        : line + "; not revertible: " + result.whyNotRevertible();
  }
}

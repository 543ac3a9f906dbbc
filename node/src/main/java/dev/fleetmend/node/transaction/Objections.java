package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.patching.exchange.PreviewedChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What in an order stands against changes that are prepared. */
final class Objections {
  private Objections() {}

  /**
   * All objections, one line each.
   *
   * @param changes what would change, each with whether it can be taken back
   */
  static List<String> to(Order order, List<Change> changes) {
    List<String> lines = new ArrayList<>();
    if (order.isHeld()) {
      lines.addAll(
          differences(order.exactly(), changes.stream().map(c -> line(order, c)).toList()));
    }
    if (order.onlyRevertible()) {
      for (Change change : changes) {
        if (!change.revertible()) {
          lines.add(
              "%s %s could not be taken back: %s"
                  .formatted(change.id(), change.to(), change.whyNotRevertible()));
        }
      }
    }
    return lines;
  }

  /** A change as a preview spells it; whether a step back could be undone binds nobody. */
  static String line(Order order, Change change) {
    boolean revertible = order.kind().equals(Order.ROLLBACK) || change.revertible();
    return PreviewedChange.line(
        change.name(), change.arch(), change.from(), change.to(), revertible);
  }

  private static List<String> differences(List<String> previewed, List<String> now) {
    Set<String> gone = new HashSet<>(previewed);
    now.forEach(gone::remove);
    Set<String> come = new HashSet<>(now);
    previewed.forEach(come::remove);
    List<String> lines = new ArrayList<>();
    previewed.stream()
        .filter(gone::contains)
        .forEach(line -> lines.add("previewed, and not so any more: " + line));
    now.stream()
        .filter(come::contains)
        .sorted()
        .forEach(line -> lines.add("not previewed, and so now: " + line));
    return lines;
  }
}

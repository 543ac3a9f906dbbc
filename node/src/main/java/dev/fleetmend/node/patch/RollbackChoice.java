package dev.fleetmend.node.patch;

import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which installations an Uninstall takes back: the newest, or the one or the packages asked for.
 *
 * @param orders what to do, newest installation first
 * @param notes why there is nothing to do, where there is nothing
 */
record RollbackChoice(List<Order> orders, List<String> notes) {

  static RollbackChoice make(Journal journal, Parameters asked, String commandId)
      throws IOException, RunException {
    List<Transaction> all = journal.all();
    List<Transaction> installed =
        all.stream().filter(one -> is(one, Order.INSTALL) && !done(one).isEmpty()).toList();
    if (!asked.transactionId().isEmpty()) {
      Transaction one =
          installed.stream()
              .filter(t -> t.id().equalsIgnoreCase(asked.transactionId()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new RunException(
                          "This node has no installation "
                              + asked.transactionId()
                              + ". Nothing was done."));
      return byTransaction(one, installed, all, asked, commandId);
    }
    if (!asked.patchIds().isEmpty()) {
      return byPackage(installed, all, asked.patchIds(), commandId);
    }
    if (installed.isEmpty()) {
      return new RollbackChoice(List.of(), List.of("No installation to roll back on this node."));
    }
    Transaction newest = installed.getLast();
    return undoing(newest, left(newest, all, List.of()), commandId);
  }

  /** One that newer ones stand upon is taken back together with them, or not at all. */
  private static RollbackChoice byTransaction(
      Transaction one,
      List<Transaction> installed,
      List<Transaction> all,
      Parameters asked,
      String commandId)
      throws RunException {
    List<String> left = left(one, all, asked.patchIds());
    List<Transaction> newer =
        installed.subList(installed.indexOf(one) + 1, installed.size()).reversed();
    if (!asked.withNewer()) {
      for (Transaction other : newer) {
        List<String> both = new ArrayList<>(left(other, all, List.of()));
        both.retainAll(left);
        if (!both.isEmpty()) {
          throw new RunException(
              "Installation %s cannot be taken back by itself: installation %s has changed %s since."
                      .formatted(one.id(), other.id(), String.join(", ", both))
                  + " Nothing was done. Take the newer one back first, or both with WithNewer=true.");
        }
      }
      return undoing(one, left, commandId);
    }
    List<Order> orders = new ArrayList<>();
    for (Transaction other : newer) {
      List<String> here = left(other, all, asked.patchIds());
      if (!here.isEmpty()) {
        orders.add(order(other, here, commandId));
      }
    }
    RollbackChoice last = undoing(one, left, commandId);
    orders.addAll(last.orders());
    return new RollbackChoice(orders, orders.isEmpty() ? last.notes() : List.of());
  }

  private static RollbackChoice undoing(Transaction one, List<String> left, String commandId) {
    if (left.isEmpty()) {
      return new RollbackChoice(
          List.of(),
          List.of(
              "Installation "
                  + one.id()
                  + " has been rolled back already. Nothing was changed; to go further back,"
                  + " name its TransactionId."));
    }
    return new RollbackChoice(List.of(order(one, left, commandId)), List.of());
  }

  /** For each package the newest installation that brought it and is not undone. */
  private static RollbackChoice byPackage(
      List<Transaction> installed, List<Transaction> all, List<String> ids, String commandId) {
    Map<Transaction, List<String>> chosen = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Transaction one : installed.reversed()) {
      List<String> here = left(one, all, ids).stream().filter(seen::add).toList();
      if (!here.isEmpty()) {
        chosen.put(one, here);
      }
    }
    List<Order> orders = new ArrayList<>();
    chosen.forEach((one, packages) -> orders.add(order(one, packages, commandId)));
    return new RollbackChoice(
        orders,
        orders.isEmpty()
            ? List.of("No installation brought " + String.join(", ", ids) + " to this node.")
            : List.of());
  }

  private static Order order(Transaction one, List<String> only, String commandId) {
    return Order.rollback(commandId, one.id(), only);
  }

  /** The packages that an installation changed and no rollback has brought back. */
  static List<String> left(Transaction one, List<Transaction> all, List<String> ids) {
    Set<String> undone =
        all.stream()
            .filter(t -> is(t, Order.ROLLBACK) && t.order().undoes().equals(one.id()))
            .flatMap(t -> t.results().stream())
            .filter(result -> result.outcome() == Outcome.DONE)
            .map(result -> result.name() + "." + result.arch())
            .collect(Collectors.toSet());
    return done(one).stream()
        .filter(result -> !undone.contains(result.name() + "." + result.arch()))
        .filter(result -> ids.isEmpty() || ids.stream().anyMatch(id -> matches(id, result)))
        .map(result -> result.name() + "." + result.arch())
        .toList();
  }

  private static List<PatchResult> done(Transaction one) {
    return one.results().stream().filter(result -> result.outcome() == Outcome.DONE).toList();
  }

  private static boolean is(Transaction one, String kind) {
    return one.order().kind().equals(kind);
  }

  /** {@code name}, {@code name.arch} or {@code name.arch:version}. */
  private static boolean matches(String id, PatchResult result) {
    String regex = "\\Q" + id.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E";
    Pattern pattern = Pattern.compile(regex);
    String full = result.name() + "." + result.arch();
    return pattern.matcher(result.name()).matches()
        || pattern.matcher(full).matches()
        || pattern.matcher(full + ":" + result.toVersion()).matches();
  }
}

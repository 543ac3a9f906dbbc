package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.vault.KeptPackage;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What undoing a transaction means on the host as it stands.
 *
 * @param changes from the version it put in to the version before
 * @param files the kept files of the versions before
 * @param refused what cannot be undone, with the reason
 * @param differences what was changed since and stays
 */
record RollbackPlan(
    List<Change> changes, List<Path> files, List<PatchResult> refused, List<String> differences) {

  static RollbackPlan of(Transaction undone, List<String> only, Standing now, Host host)
      throws IOException {
    List<Change> changes = new ArrayList<>();
    List<PatchResult> refused = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    List<Change> all = reversed(undone, only);
    BroughtKernels kernels = BroughtKernels.by(all, host);
    for (Change back : all) {
      PackageStanding standing = now.of(back);
      if (now.isAfter(back)) {
        differences.add(back.id() + " is back already: " + now.words(back));
      } else if (!now.isBefore(back) && !now.isUnfinished(back)) {
        differences.add(
            back.id()
                + " was changed since and stays: "
                + now.words(back)
                + " instead of "
                + back.from());
      } else if (kernels.isRunning(back)) {
        differences.add(back.id() + " stays: the running kernel is in it");
      } else if (standing != null && standing.held()) {
        refused.add(result(back, Outcome.REFUSED, "held on this host since"));
      } else if (back.to() != null && file(back, host).isEmpty()) {
        String why = back.whyNotRevertible();
        refused.add(
            result(back, Outcome.REFUSED, why.isEmpty() ? "its kept file is damaged" : why));
      } else {
        changes.add(back);
      }
    }
    refuseWhereTheReplacementStays(changes, refused);
    return new RollbackPlan(changes, files(changes, host), refused, differences);
  }

  /** Nothing comes back beside what took its place. */
  private static void refuseWhereTheReplacementStays(
      List<Change> changes, List<PatchResult> refused) {
    List<String> ids = changes.stream().map(Change::id).toList();
    for (Change change : List.copyOf(changes)) {
      String by = change.replacedBy();
      if (by != null && !ids.contains(by)) {
        changes.remove(change);
        refused.add(
            result(change, Outcome.REFUSED, by + ", which took its place, was changed since"));
      }
    }
  }

  /** All of it refused, where the package manager would not do it, or not it alone. */
  RollbackPlan tried(Host host) throws IOException {
    return tried(host, changes);
  }

  /**
   * As {@link #tried(Host)}, together with what comes before it.
   *
   * @param together what takes the host from where it stands to where this plan ends
   */
  RollbackPlan tried(Host host, List<Change> together) throws IOException {
    List<Path> arriving = files(together, host);
    if (arriving.isEmpty()) {
      return this;
    }
    Simulation simulation = host.manager().simulatePutBack(arriving, going(together));
    String why = simulation.possible() ? beyond(simulation, together) : simulation.why();
    return why.isEmpty() ? this : allRefused(why);
  }

  /** The same with nothing to be done. */
  RollbackPlan allRefused(String why) {
    List<PatchResult> all = new ArrayList<>(refused);
    changes.forEach(change -> all.add(result(change, Outcome.REFUSED, why)));
    return new RollbackPlan(List.of(), List.of(), all, differences);
  }

  /** What stands against it before anything is changed, one line each. */
  List<String> objections(Order order, Host host) throws IOException {
    List<String> objections = new ArrayList<>(Objections.to(order, changes));
    objections.addAll(
        Room.readOnly(
            host.manager()
                .files(
                    changes.stream()
                        .map(change -> new PackageId(change.name(), change.arch()))
                        .toList())));
    Map<PackageId, Path> arriving = new HashMap<>();
    for (Change change : changes) {
      file(change, host)
          .ifPresent(path -> arriving.put(new PackageId(change.name(), change.arch()), path));
    }
    objections.addAll(OtherDisks.lacking(host.manager(), arriving));
    if (order.onlyRevertible()) {
      refused.forEach(one -> objections.add(one.name() + "." + one.arch() + ": " + one.message()));
    }
    return objections;
  }

  /** Nothing but what the transactions touched may change. */
  private static String beyond(Simulation simulation, List<Change> changes) {
    List<String> ours = changes.stream().map(Change::name).toList();
    List<String> others =
        simulation.changes().stream()
            .filter(change -> !ours.contains(change.name()))
            .map(change -> change.id() + " to " + change.to())
            .toList();
    return others.isEmpty() ? "" : "it would also change " + String.join(", ", others);
  }

  /** The packages to remove. */
  static List<PackageId> going(List<Change> changes) {
    return changes.stream()
        .filter(change -> change.to() == null)
        .map(change -> new PackageId(change.name(), change.arch()))
        .toList();
  }

  /** The files to put back. */
  static List<Path> files(List<Change> changes, Host host) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Change change : changes) {
      if (change.to() != null) {
        file(change, host).ifPresent(files::add);
      }
    }
    return files;
  }

  static PatchResult result(Change change, Outcome outcome, String message) {
    return new PatchResult(
        change.name(),
        change.arch(),
        change.from(),
        change.to(),
        outcome,
        message,
        change.revertible(),
        change.whyNotRevertible());
  }

  /** What the transaction really did, turned round; a package and what took its place together. */
  static List<Change> reversed(Transaction undone, List<String> only) {
    Map<String, PatchResult> done =
        undone.results().stream()
            .filter(result -> result.outcome() == Outcome.DONE)
            .collect(Collectors.toMap(r -> r.name() + "." + r.arch(), r -> r, (a, b) -> a));
    List<Change> made = undone.before().map(entry -> entry.changes()).orElse(List.of());
    Set<String> wanted = new HashSet<>(only);
    for (Change change : made) {
      String by = change.replacedBy();
      if (by != null && (only.contains(change.id()) || only.contains(by))) {
        wanted.add(change.id());
        wanted.add(by);
      }
    }
    return made.stream()
        .filter(change -> done.containsKey(change.id()))
        .filter(change -> wanted.isEmpty() || wanted.contains(change.id()))
        .map(Change::reversed)
        .toList();
  }

  private static Optional<Path> file(Change change, Host host) throws IOException {
    PackageVersion wanted = change.after();
    Optional<KeptPackage> kept = wanted == null ? Optional.empty() : host.vault().find(wanted);
    @Nullable KeptPackage found = kept.orElse(null);
    return found == null ? Optional.empty() : host.vault().intact(found);
  }
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes packages that a run left in the middle to one side. Where it was killed, all that has not
 * got there goes on, at once, since packages may be bound to each other's version. Where a package
 * failed by itself, it goes back; alone if the others can stay, else with all of them.
 */
final class Settlement {
  private final Host host;
  private final Transaction transaction;
  private final Phase onward;
  private final boolean purge;
  private final PackageFiles files;

  /**
   * @param onward the phase of going on
   * @param purge whether packages that leave take their configuration files with them
   */
  Settlement(Host host, Transaction transaction, Phase onward, boolean purge) {
    this.host = host;
    this.transaction = transaction;
    this.onward = onward;
    this.purge = purge;
    this.files = new PackageFiles(host, transaction.folder().resolve("incoming"));
  }

  /** Where a package can be taken to neither side it stays as it is, and the results say so. */
  void run(List<Change> changes) throws IOException {
    host.repair(transaction);
    if (unfinished(changes).isEmpty()) {
      return;
    }
    Set<String> failed = failed();
    List<Change> killed = changes.stream().filter(one -> !failed.contains(one.name())).toList();
    if (!unfinished(killed).isEmpty()) {
      journal(onward, unfinished(killed), "finishing");
      take(missing(killed), transaction.log());
    }
    List<Change> back = unfinished(changes);
    if (!back.isEmpty()) {
      journal(Phase.PUTTING_BACK, back, "");
      back(back, changes);
    }
  }

  /** Those that the package manager failed at by their own doing. */
  Set<String> failed() throws IOException {
    return host.manager().complaints(transaction.log()).entrySet().stream()
        .filter(complaint -> !complaint.getValue().cutShort())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void back(List<Change> some, List<Change> all) throws IOException {
    Path log = transaction.folder().resolve("putting-back.log");
    List<Change> alone = some.stream().map(Change::reversed).toList();
    if (possible(files.of(alone), alone)) {
      take(alone, log);
    }
    if (!unfinished(all).isEmpty()) {
      take(missing(all.stream().map(Change::reversed).toList()), log);
    }
  }

  /** Takes all of these to the version after, by apt's plan if it has one, else without. */
  private void take(List<Change> changes, Path log) throws IOException {
    List<Path> arriving = files.of(changes);
    List<PackageId> going = RollbackPlan.going(changes);
    if (possible(arriving, changes)) {
      if (!arriving.isEmpty()) {
        host.manager()
            .putBack(arriving, going, log, () -> journal(Phase.CONFIGURING, List.of(), ""));
      }
      if (!going.isEmpty() && going.containsAll(host.manager().leavingWith(going))) {
        host.manager().remove(going, purge, log);
      }
      host.repair(transaction);
    }
    if (!unfinished(changes).isEmpty()) {
      host.manager().finish(files.of(missing(changes)), unfinishedGoing(changes), log);
      host.repair(transaction);
    }
  }

  /** Whether the package manager would, and would change nothing else. */
  private boolean possible(List<Path> arriving, List<Change> changes) throws IOException {
    if (arriving.isEmpty()) {
      return true;
    }
    Simulation simulation = host.manager().simulatePutBack(arriving, RollbackPlan.going(changes));
    Set<String> ours = changes.stream().map(Change::name).collect(Collectors.toSet());
    return simulation.possible()
        && simulation.changes().stream().allMatch(change -> ours.contains(change.name()));
  }

  private List<PackageId> unfinishedGoing(List<Change> changes) throws IOException {
    return RollbackPlan.going(unfinished(changes));
  }

  private List<Change> unfinished(List<Change> changes) throws IOException {
    Standing now = new Standing(host.manager().standings());
    return changes.stream().filter(now::isUnfinished).toList();
  }

  private List<Change> missing(List<Change> changes) throws IOException {
    Standing now = new Standing(host.manager().standings());
    return changes.stream().filter(change -> !now.isAfter(change)).toList();
  }

  private void journal(Phase phase, List<Change> changes, String note) throws IOException {
    String names = String.join(" ", changes.stream().map(Change::id).toList());
    transaction.append(transaction.entry(phase, host.bootId(), (note + " " + names).strip()));
  }
}

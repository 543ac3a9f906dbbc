package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Entry;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.TakenOut;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.Complaint;
import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Undoes an installation, from wherever its own journal stands. */
final class RollbackWork {
  private static final int MOST_ROUNDS = 2;

  /** A rollback that was begun this often is not pushed on any more. */
  private static final int MOST_STARTS = 18;

  private final Host host;
  private final Transaction transaction;
  private final Transaction undone;

  RollbackWork(Host host, Transaction transaction, Transaction undone) {
    this.host = host;
    this.transaction = transaction;
    this.undone = undone;
  }

  /** Prepares it; or, where that is done, makes it. What changes nothing is both at once. */
  void run() throws IOException {
    ConfigurationBack configuration = new ConfigurationBack(undone);
    if (transaction.before().isEmpty()) {
      prepare(configuration);
      if (transaction.isDone() || !transaction.before().orElseThrow().changes().isEmpty()) {
        return;
      }
    }
    Entry before = transaction.before().orElseThrow();
    Settlement settlement = new Settlement(host, transaction, Phase.UNDOING, purges(before));
    settlement.run(before.changes());
    int failures = 0;
    List<Change> left = left(before.changes(), settlement.failed());
    while (!left.isEmpty() && failures < MOST_ROUNDS && mayTry()) {
      boolean killed = undo(before, left);
      settlement.run(before.changes());
      failures += killed ? 0 : 1;
      left = left(before.changes(), settlement.failed());
    }
    new TakenOverFiles(host, transaction, new FileRecord(undone.folder()))
        .bringBack(before.changes());
    finish(before, configuration);
  }

  private void prepare(ConfigurationBack configuration) throws IOException {
    Standing now = new Standing(host.manager().standings());
    RollbackPlan plan = RollbackPlan.of(undone, transaction.order().only(), now, host).tried(host);
    List<String> objections = plan.objections(transaction.order(), host);
    if (!objections.isEmpty()) {
      stop(plan, objections);
      return;
    }
    Marks marks = host.manager().marks();
    Entry entry =
        transaction
            .entry(Phase.VAULTED, host.bootId(), "")
            .with(plan.changes(), marks.held(), marks.automatic(), configuration.editedSince());
    transaction.append(entry.with(plan.refused(), entry.configuration(), plan.differences()));
  }

  /** Ends it, with nothing changed. */
  private void stop(RollbackPlan plan, List<String> objections) throws IOException {
    List<PatchResult> results = new ArrayList<>(plan.refused());
    plan.changes()
        .forEach(
            change ->
                results.add(RollbackPlan.result(change, Outcome.REFUSED, Transaction.STOPPED)));
    transaction.append(
        transaction
            .entry(Phase.DONE, host.bootId(), Transaction.STOPPED)
            .with(results, List.of(), objections));
  }

  /**
   * @return whether it was killed before its end
   */
  private boolean undo(Entry before, List<Change> changes) throws IOException {
    journal(Phase.UNDOING, changes.size() + " packages");
    List<Path> files = RollbackPlan.files(changes, host);
    List<PackageId> going = RollbackPlan.going(changes);
    if (!files.isEmpty()
        && host.manager()
            .putBack(files, going, transaction.log(), () -> journal(Phase.CONFIGURING, ""))) {
      return true;
    }
    List<PackageId> free = withoutNeeded(going);
    if (!free.isEmpty()) {
      return host.manager().remove(free, purges(before), transaction.log());
    }
    return false;
  }

  /** What was edited since outlives its package. */
  private static boolean purges(Entry before) {
    return before.configuration().stream().allMatch(file -> file.digest().isEmpty());
  }

  private boolean mayTry() {
    return transaction.entries().stream().filter(entry -> entry.phase() == Phase.UNDOING).count()
        < MOST_STARTS;
  }

  /** Those that nothing needs but themselves. */
  private List<PackageId> withoutNeeded(List<PackageId> going) throws IOException {
    if (going.isEmpty() || going.containsAll(host.manager().leavingWith(going))) {
      return going;
    }
    List<PackageId> free = new ArrayList<>();
    for (PackageId one : going) {
      if (going.containsAll(host.manager().leavingWith(List.of(one)))) {
        free.add(one);
      }
    }
    return free;
  }

  private void finish(Entry before, ConfigurationBack configuration) throws IOException {
    journal(Phase.VERIFYING, "");
    Standing now = new Standing(host.manager().standings());
    Map<String, Complaint> complaints = host.manager().complaints(transaction.log());
    List<PatchResult> results = new ArrayList<>(before.results());
    List<String> differences = new ArrayList<>(before.differences());
    Set<String> back = new HashSet<>();
    for (Change change : before.changes()) {
      Complaint complaint = complaints.get(change.name());
      if (now.isAfter(change)) {
        results.add(RollbackPlan.result(change, Outcome.DONE, ""));
        if (change.to() != null) {
          back.add(change.id());
        }
      } else if (change.to() == null && now.isBefore(change) && complaint == null) {
        results.add(RollbackPlan.result(change, Outcome.UNCHANGED, "others need it now"));
        differences.add(change.id() + " stays: others need it now");
      } else {
        String why = complaint == null ? "" : complaint.reason();
        results.add(
            RollbackPlan.result(
                change,
                Outcome.FAILED,
                "stands at " + now.words(change) + (why.isEmpty() ? "" : ": " + why)));
      }
    }
    List<String> edited = configuration.putBack(before.configuration(), before.changes(), now);
    differences.addAll(edited);
    BroughtKernels.by(RollbackPlan.reversed(undone, transaction.order().only()), host)
        .bootAnother()
        .ifPresent(differences::add);
    differences.addAll(new FileRecord(undone.folder()).differences(back));
    if (undoesAll(before.changes())) {
      new ScriptTraces(undone.folder())
          .left().stream()
              .filter(line -> edited.stream().noneMatch(one -> samePath(one, line)))
              .forEach(differences::add);
    }
    host.manager().restore(new Marks(before.held(), marksBefore(before)));
    host.heldBack().add(TakenOut.of(before.changes(), results));
    transaction.append(
        transaction.entry(Phase.DONE, host.bootId(), "").with(results, List.of(), differences));
  }

  private boolean undoesAll(List<Change> changes) {
    return undone.results().stream().filter(result -> result.outcome() == Outcome.DONE).count()
        == changes.size();
  }

  private static boolean samePath(String one, String other) {
    return one.substring(0, one.indexOf(' ')).equals(other.substring(0, other.indexOf(' ')));
  }

  /** A package that was automatic before the undone installation is so again. */
  private List<String> marksBefore(Entry before) {
    List<String> automatic = new ArrayList<>(before.automatic());
    undone.before().ifPresent(entry -> automatic.addAll(entry.automatic()));
    return automatic;
  }

  /** What is not yet as it was, and did not fail. */
  private List<Change> left(List<Change> changes, Set<String> failed) throws IOException {
    Standing now = new Standing(host.manager().standings());
    return changes.stream()
        .filter(change -> !now.isAfter(change) && !failed.contains(change.name()))
        .toList();
  }

  private void journal(Phase phase, String note) throws IOException {
    transaction.append(transaction.entry(phase, host.bootId(), note));
  }
}

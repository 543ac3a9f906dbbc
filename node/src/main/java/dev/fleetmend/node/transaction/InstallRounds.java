package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Puts packages in: all at once; where that fails, what failed is put back and the rest is tried
 * again without it, at last one by one. What stands on the host decides, so that it does not matter
 * whether this is the first try or one after a power cut.
 */
final class InstallRounds {
  private static final int MOST_ROUNDS = 3;

  /** A transaction that was begun this often is not pushed on any more. */
  private static final int MOST_STARTS = 18;

  private final Host host;
  private final Transaction transaction;
  private final Path incoming;
  private final Settlement settlement;

  InstallRounds(Host host, Transaction transaction, Path incoming) {
    this.host = host;
    this.transaction = transaction;
    this.incoming = incoming;
    this.settlement = new Settlement(host, transaction, Phase.UNPACKING, true);
  }

  void run(List<Change> changes) throws IOException {
    settlement.run(changes);
    List<Change> rest = outstanding(changes);
    int failures = 0;
    while (!rest.isEmpty() && failures < MOST_ROUNDS && mayTry()) {
      boolean killed = install(rest);
      settlement.run(changes);
      List<Change> left = outstanding(changes);
      if (!killed && left.size() == rest.size()) {
        oneByOne(changes, left);
        return;
      }
      failures += killed ? 0 : 1;
      rest = left;
    }
  }

  private void oneByOne(List<Change> changes, List<Change> left) throws IOException {
    for (Change change : left) {
      if (change.asked() && left.size() > 1 && mayTry()) {
        install(List.of(change));
        settlement.run(changes);
      }
    }
  }

  /** What is not in, and did not fail. */
  private List<Change> outstanding(List<Change> changes) throws IOException {
    Standing now = new Standing(host.manager().standings());
    Set<String> failed = settlement.failed();
    return changes.stream()
        .filter(change -> !now.isAfter(change) && !failed.contains(change.name()))
        .toList();
  }

  /**
   * @return whether it was killed before its end
   */
  private boolean install(List<Change> changes) throws IOException {
    List<PackageVersion> versions =
        new Selector(host.manager(), transaction.order().blocked())
            .select(changes.stream().map(Change::after).filter(Objects::nonNull).toList())
            .accepted();
    if (versions.isEmpty()) {
      return false;
    }
    journal(Phase.UNPACKING, versions.size() + " packages");
    return host.manager()
        .install(versions, incoming, transaction.log(), () -> journal(Phase.CONFIGURING, ""));
  }

  private boolean mayTry() {
    long tries =
        transaction.entries().stream().filter(entry -> entry.phase() == Phase.UNPACKING).count();
    return tries < MOST_STARTS && !transaction.cancelRequested();
  }

  private void journal(Phase phase, String note) throws IOException {
    transaction.append(transaction.entry(phase, host.bootId(), note));
  }
}

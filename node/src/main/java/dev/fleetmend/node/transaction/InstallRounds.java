package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final int MOST_STARTS = 6;

  private final Host host;
  private final Transaction transaction;
  private final Path incoming;
  private final PuttingBack puttingBack;

  InstallRounds(Host host, Transaction transaction, Path incoming) {
    this.host = host;
    this.transaction = transaction;
    this.incoming = incoming;
    this.puttingBack = new PuttingBack(host, transaction);
  }

  void run(List<Change> changes) throws IOException {
    List<Change> rest = outstanding(changes);
    for (int round = 0; round < MOST_ROUNDS && !rest.isEmpty() && mayTry(); round++) {
      install(rest);
      puttingBack.run(changes);
      List<Change> left = outstanding(changes);
      if (left.size() == rest.size()) {
        oneByOne(changes, left);
        return;
      }
      rest = left;
    }
    puttingBack.run(changes);
  }

  private void oneByOne(List<Change> changes, List<Change> left) throws IOException {
    for (Change change : left) {
      if (change.asked() && left.size() > 1) {
        install(List.of(change));
      }
    }
    puttingBack.run(changes);
  }

  /** What is not in, and has not been complained of. */
  private List<Change> outstanding(List<Change> changes) throws IOException {
    Standing now = new Standing(host.manager().standings());
    Set<String> failed = host.manager().complaints(transaction.log()).keySet();
    List<Change> outstanding = new ArrayList<>();
    for (Change change : changes) {
      if (!now.isAfter(change) && !failed.contains(change.name())) {
        outstanding.add(change);
      }
    }
    return outstanding;
  }

  private void install(List<Change> changes) throws IOException {
    List<PackageVersion> versions =
        new Selector(host.manager(), transaction.order().blocked())
            .select(changes.stream().map(Change::after).map(Objects::requireNonNull).toList())
            .accepted();
    if (versions.isEmpty()) {
      return;
    }
    journal(Phase.UNPACKING, versions.size() + " packages");
    host.manager()
        .install(
            versions,
            incoming,
            transaction.log(),
            () -> {
              journal(Phase.CONFIGURING, "");
            });
    host.manager().repair(transaction.folder().resolve("repair.log"));
  }

  private boolean mayTry() {
    return transaction.entries().stream().filter(entry -> entry.phase() == Phase.UNPACKING).count()
        < MOST_STARTS * MOST_ROUNDS;
  }

  private void journal(Phase phase, String note) throws IOException {
    transaction.append(transaction.entry(phase, host.bootId(), note));
  }
}

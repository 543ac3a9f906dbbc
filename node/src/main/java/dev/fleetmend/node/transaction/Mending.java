package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Installs packages again, in the version they have, that something else than a transaction of ours
 * left without all their files: the package manager would refuse whatever is asked of it, or remove
 * them.
 */
final class Mending {
  /** dpkg's word, which is said of packages too that a killed rpm left in the middle. */
  private static final String HALF = "half-installed";

  private final Host host;
  private final Transaction transaction;

  /**
   * @param transaction one that has not changed the host yet
   */
  Mending(Host host, Transaction transaction) {
    this.host = host;
    this.transaction = transaction;
  }

  /** What is nowhere to be had stays as it is. */
  void run() throws IOException {
    List<Change> half =
        host.manager().standings().entrySet().stream()
            .filter(one -> one.getValue().words().equals(HALF))
            .filter(one -> !one.getValue().version().isEmpty())
            .map(
                one -> {
                  String version = one.getValue().version();
                  String name = one.getKey().name();
                  return new Change(name, one.getKey().arch(), version, version, false, "", "");
                })
            .toList();
    List<Path> files =
        half.isEmpty()
            ? List.of()
            : new PackageFiles(host, transaction.folder().resolve("mended")).of(half);
    if (!files.isEmpty()) {
      host.manager().finish(files, List.of(), transaction.folder().resolve("repair.log"));
      host.repair(transaction);
    }
    Folders.delete(transaction.folder().resolve("mended"));
  }
}

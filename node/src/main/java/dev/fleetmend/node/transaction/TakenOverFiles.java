package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files of packages that came back while a package that replaces them (dpkg's Replaces, without
 * Breaks or Conflicts) still had them: dpkg leaves such files out, and they go as that one goes.
 */
final class TakenOverFiles {
  private final Host host;
  private final Transaction transaction;
  private final FileRecord before;

  /**
   * @param before how files were when the packages that come back stood before
   */
  TakenOverFiles(Host host, Transaction transaction, FileRecord before) {
    this.host = host;
    this.transaction = transaction;
    this.before = before;
  }

  /** Puts packages in once more that lack files, now that those that had them are gone. */
  void bringBack(List<Change> changes) throws IOException {
    Standing now = new Standing(host.manager().standings());
    List<Change> made = changes.stream().filter(now::isAfter).toList();
    if (made.stream().noneMatch(change -> change.to() == null)) {
      return;
    }
    List<Change> back = made.stream().filter(change -> change.to() != null).toList();
    Set<String> lacking = before.missing(back.stream().map(Change::id).collect(Collectors.toSet()));
    if (!lacking.isEmpty()) {
      List<Path> files =
          new PackageFiles(host, transaction.folder().resolve("incoming"))
              .of(back.stream().filter(change -> lacking.contains(change.id())).toList());
      host.manager().finish(files, List.of(), transaction.folder().resolve("putting-back.log"));
      host.repair(transaction);
    }
  }
}

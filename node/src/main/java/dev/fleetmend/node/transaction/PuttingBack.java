package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.vault.KeptPackage;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts packages that an installation left unfinished back to the version before. */
final class PuttingBack {
  private final Host host;
  private final Transaction transaction;

  PuttingBack(Host host, Transaction transaction) {
    this.host = host;
    this.transaction = transaction;
  }

  /** Where a package cannot be put back it stays as it is, and the results say so. */
  void run(List<Change> changes) throws IOException {
    Standing now = new Standing(host.manager().standings());
    List<Change> unfinished = changes.stream().filter(now::isUnfinished).toList();
    if (unfinished.isEmpty()) {
      return;
    }
    transaction.append(
        transaction.entry(
            Phase.PUTTING_BACK,
            host.bootId(),
            String.join(" ", unfinished.stream().map(Change::id).toList())));
    Path log = transaction.folder().resolve("putting-back.log");
    List<Path> files = files(unfinished);
    if (!files.isEmpty() && host.manager().simulatePutBack(files).possible()) {
      host.manager().putBack(files, log, () -> {});
    }
    List<PackageId> arrived =
        unfinished.stream()
            .filter(change -> change.from() == null)
            .map(change -> new PackageId(change.name(), change.arch()))
            .toList();
    if (!arrived.isEmpty() && arrived.containsAll(host.manager().leavingWith(arrived))) {
      host.manager().remove(arrived, true, log);
    }
    host.manager().repair(transaction.folder().resolve("repair.log"));
  }

  private List<Path> files(List<Change> changes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Change change : changes) {
      PackageVersion before = change.before();
      if (before != null) {
        Optional<KeptPackage> kept = host.vault().find(before);
        if (kept.isPresent()) {
          host.vault().intact(kept.get()).ifPresent(files::add);
        }
      }
    }
    return files;
  }
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Entry;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Packages that an ended transaction left neither old nor new, because a disk took no writes. */
public final class LeftInTheMiddle {
  /** A transaction that ended this often is gone on with only by the next one's mending. */
  private static final int MOST_ENDS = 6;

  /** EROFS, ENOSPC and EIO, as the C library words them in the locale C. */
  private static final List<String> DISK_TROUBLES =
      List.of("Read-only file system", "No space left on device", "Input/output error");

  private final PackageManager manager;

  public LeftInTheMiddle(PackageManager manager) {
    this.manager = manager;
  }

  /** Whether a transaction that is over left packages in the middle, and its disks take writes. */
  public boolean canBeMended(Transaction transaction) throws IOException {
    return transaction.isDone()
        && transaction.results().stream().anyMatch(LeftInTheMiddle::failedByTheDisk)
        && ends(transaction) < MOST_ENDS
        && isIn(transaction)
        && Room.readOnly(manager.files(ids(transaction))).isEmpty();
  }

  /** Whether packages of the transaction are in the middle now. */
  public boolean isIn(Transaction transaction) throws IOException {
    Standing now = new Standing(manager.standings());
    return changes(transaction).anyMatch(now::isUnfinished);
  }

  private static boolean failedByTheDisk(PatchResult result) {
    return result.outcome() == Outcome.FAILED
        && DISK_TROUBLES.stream().anyMatch(result.message()::contains);
  }

  private static long ends(Transaction transaction) {
    return transaction.entries().stream().filter(one -> one.phase() == Phase.DONE).count();
  }

  private static List<PackageId> ids(Transaction transaction) {
    return changes(transaction).map(one -> new PackageId(one.name(), one.arch())).toList();
  }

  private static Stream<Change> changes(Transaction transaction) {
    return transaction.before().map(Entry::changes).stream().flatMap(List::stream);
  }
}

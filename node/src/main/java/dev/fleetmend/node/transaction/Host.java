package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.node.manager.LockHeldException;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.vault.Vault;
import java.io.IOException;

/**
 * What a transaction works with.
 *
 * @param bootId the boot this host is in
 */
record Host(
    PackageManager manager,
    Journal journal,
    Vault vault,
    HeldBack heldBack,
    Limits limits,
    String bootId) {

  /**
   * Finishes what the package manager can by itself, once nothing else works with it: a killed one
   * may have left children that still do.
   *
   * @throws IOException when something still does at the deadline; the transaction can be gone on
   *     with later
   */
  void repair(Transaction transaction) throws IOException {
    try {
      manager.awaitTurn(limits.lockDeadline());
    } catch (LockHeldException e) {
      throw new IOException(
          "cannot go on yet: waited %d s for %s"
              .formatted(limits.lockDeadline().toSeconds(), e.getMessage()),
          e);
    }
    manager.repair(transaction.folder().resolve("repair.log"));
  }
}

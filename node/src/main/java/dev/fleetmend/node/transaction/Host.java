package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.vault.Vault;

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
    String bootId) {}

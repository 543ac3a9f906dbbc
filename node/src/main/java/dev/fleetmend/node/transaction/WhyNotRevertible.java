package dev.fleetmend.node.transaction;

import dev.fleetmend.node.vault.Vault;
import dev.fleetmend.patching.fact.PackageVersion;

/** Why a version could not be brought back, in the words of plans, previews and results. */
final class WhyNotRevertible {
  private WhyNotRevertible() {}

  static String noRoom(PackageVersion version, Vault vault) {
    return "the vault has no room for %s: it keeps at most %d MB, and leaves %d MB free"
        .formatted(version.version(), vault.limit() >> 20, vault.reserve() >> 20);
  }

  static String notOffered(PackageVersion version) {
    return "no archive offers " + version.version() + " any more";
  }
}

package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.fact.OfferedVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What one family of operating systems does in its own way. */
interface FamilyRules {
  /** Orders version texts, oldest first. */
  Comparator<String> versionOrder();

  /** Whether the version comes from a security archive or a security notice. */
  boolean isSecurity(OfferedVersion version);

  /**
   * Whether a baseline's filter lets the version through.
   *
   * @param product SSM's name of the release, such as {@code Debian12}
   */
  boolean matches(Filter filter, String product, OfferedVersion version);

  /** Whether an entry of the approved or rejected list means the version. */
  boolean isNamedBy(String entry, OfferedVersion version);

  /** From when on the rule approves a version it matches. */
  Instant approvedFrom(ApprovalRule rule, OfferedVersion version);

  /** The rules of a family, or empty for an operating system that cannot be judged yet. */
  static Optional<FamilyRules> of(String operatingSystem) {
    return switch (operatingSystem) {
      case "DEBIAN", "RASPBIAN" -> Optional.of(AptRules.debian());
      case "UBUNTU" -> Optional.of(AptRules.ubuntu());
      default -> Optional.empty();
    };
  }
}

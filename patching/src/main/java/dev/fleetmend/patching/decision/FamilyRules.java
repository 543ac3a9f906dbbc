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

  /** The subscription without which a host cannot have a version, or empty. */
  default String subscriptionFor(OfferedVersion version) {
    return "";
  }

  /** Whether a rule that a version matches wants it, security update or not. */
  default boolean takes(ApprovalRule rule, OfferedVersion version) {
    return rule.enableNonSecurity() || isSecurity(version);
  }

  /** Whether a baseline means security updates only unless it says otherwise. */
  default boolean defaultsToSecurity() {
    return true;
  }

  /** Whether updates are units of their own, each installed or applicable, and not versions. */
  default boolean hasWholeUpdates() {
    return false;
  }

  /**
   * From when on the rule approves a version it matches; {@link Instant#MAX} where it never will.
   */
  Instant approvedFrom(ApprovalRule rule, OfferedVersion version);

  /** The rules of a family, or empty for an operating system that cannot be judged yet. */
  static Optional<FamilyRules> of(String operatingSystem) {
    return switch (operatingSystem) {
      case "DEBIAN", "RASPBIAN" -> Optional.of(AptRules.debian());
      case "UBUNTU" -> Optional.of(AptRules.ubuntu());
      case "REDHAT_ENTERPRISE_LINUX",
          "CENTOS",
          "ORACLE_LINUX",
          "ROCKY_LINUX",
          "ALMA_LINUX",
          "SUSE" ->
          Optional.of(RpmRules.byNoticeType());
      case "AMAZON_LINUX", "AMAZON_LINUX_2", "AMAZON_LINUX_2022", "AMAZON_LINUX_2023" ->
          Optional.of(RpmRules.byAnyNotice());
      case "WINDOWS" -> Optional.of(new WindowsRules());
      case "MACOS" -> Optional.of(new MacRules());
      default -> Optional.empty();
    };
  }
}

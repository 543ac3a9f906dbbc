package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.Origin;
import dev.fleetmend.patching.version.DebVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Debian, Ubuntu and Raspberry Pi OS. Filters are PRODUCT, PRIORITY and SECTION; lists name bare
 * packages and mean all their versions; archives give no release date, so nothing waits.
 */
final class AptRules implements FamilyRules {
  /** Expanded Security Maintenance: of main (infra), and of universe (apps). */
  private static final Set<String> MAINTENANCE = Set.of("UbuntuESM", "UbuntuESMApps");

  private final Predicate<Origin> securityArchive;

  private AptRules(Predicate<Origin> securityArchive) {
    this.securityArchive = securityArchive;
  }

  /**
   * Debian's security archive keeps its label when the suite it serves ages and is renamed.
   * Raspbian, the 32-bit Raspberry Pi OS, has none of its own; the 64-bit one is Debian with an
   * archive beside.
   */
  static AptRules debian() {
    return new AptRules(origin -> origin.label().equals("Debian-Security"));
  }

  /** Ubuntu's security pocket, and those of Expanded Security Maintenance, are suites. */
  static AptRules ubuntu() {
    return new AptRules(
        origin ->
            (origin.origin().equals("Ubuntu") || MAINTENANCE.contains(origin.origin()))
                && origin.suite().endsWith("-security"));
  }

  @Override
  public String subscriptionFor(OfferedVersion version) {
    boolean only =
        !version.origins().isEmpty()
            && version.origins().stream().allMatch(one -> MAINTENANCE.contains(one.origin()));
    return only ? "Ubuntu Pro" : "";
  }

  @Override
  public Comparator<String> versionOrder() {
    return DebVersion.ORDER;
  }

  @Override
  public boolean isSecurity(OfferedVersion version) {
    return version.origins().stream().anyMatch(securityArchive);
  }

  @Override
  public boolean matches(Filter filter, String product, OfferedVersion version) {
    if (filter.values().contains("*")) {
      return true;
    }
    return switch (filter.key()) {
      case "PRODUCT" -> filter.values().contains(product);
      case "PRIORITY" -> anyIgnoringCase(filter, version.priority());
      case "SECTION" ->
          anyIgnoringCase(filter, version.section())
              || anyIgnoringCase(filter, withoutComponent(version.section()));
      default -> false;
    };
  }

  @Override
  public boolean isNamedBy(String entry, OfferedVersion version) {
    return entry.equals(version.name());
  }

  @Override
  public Instant approvedFrom(ApprovalRule rule, OfferedVersion version) {
    return Instant.EPOCH;
  }

  private static boolean anyIgnoringCase(Filter filter, String text) {
    return filter.values().stream().anyMatch(text::equalsIgnoreCase);
  }

  /** {@code contrib/net} is section {@code net} of the component contrib. */
  private static String withoutComponent(String section) {
    return section.substring(section.lastIndexOf('/') + 1);
  }
}

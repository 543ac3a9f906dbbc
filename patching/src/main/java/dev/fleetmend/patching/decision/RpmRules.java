package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.version.RpmVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Operating systems with rpm packages and update notices. Filters are PRODUCT, CLASSIFICATION and
 * SEVERITY, of the notice; lists name full packages, notices, CVEs and bugs; a delay counts from
 * the day that the notice was last updated.
 */
final class RpmRules implements FamilyRules {
  /** How {@link OfferedVersion#advisories()} spells the bugs that a notice closes. */
  private static final String BUG = "BZ#";

  private final boolean everyNoticeIsSecurity;

  private RpmRules(boolean everyNoticeIsSecurity) {
    this.everyNoticeIsSecurity = everyNoticeIsSecurity;
  }

  /** Security updates are those of notices of type security. */
  static RpmRules byNoticeType() {
    return new RpmRules(false);
  }

  /** On Amazon Linux whatever a notice names is a security update. */
  static RpmRules byAnyNotice() {
    return new RpmRules(true);
  }

  @Override
  public Comparator<String> versionOrder() {
    return RpmVersion.ORDER;
  }

  @Override
  public boolean isSecurity(OfferedVersion version) {
    return everyNoticeIsSecurity
        ? hasNotice(version)
        : version.classification().equalsIgnoreCase("Security");
  }

  @Override
  public boolean matches(Filter filter, String product, OfferedVersion version) {
    if (filter.values().contains("*")) {
      return true;
    }
    return switch (filter.key()) {
      case "PRODUCT" ->
          filter.values().stream().anyMatch(value -> release(value).equals(release(product)));
      case "CLASSIFICATION" -> names(filter, version.classification());
      case "SEVERITY" ->
          filter.values().stream()
              .anyMatch(value -> severity(value).equals(severity(version.severity())));
      default -> false;
    };
  }

  /** A rule that names the class of a notice, such as Bugfix, asks for it without more. */
  @Override
  public boolean takes(ApprovalRule rule, OfferedVersion version) {
    return rule.enableNonSecurity()
        || isSecurity(version)
        || (hasNotice(version)
            && rule.filters().stream()
                .filter(filter -> filter.key().equals("CLASSIFICATION"))
                .anyMatch(filter -> names(filter, version.classification())));
  }

  @Override
  public boolean isNamedBy(String entry, OfferedVersion version) {
    if (!entry.isEmpty() && entry.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return version.advisories().contains(BUG + entry);
    }
    return version.cves().stream().anyMatch(entry::equalsIgnoreCase)
        || version.advisories().contains(entry)
        || fullNames(version).anyMatch(name -> Glob.matches(entry, name));
  }

  @Override
  public Instant approvedFrom(ApprovalRule rule, OfferedVersion version) {
    long released = version.releasedAt();
    if (released < 0) {
      return rule.enableNonSecurity() || ReleaseDates.delay(rule).isZero()
          ? Instant.EPOCH
          : Instant.MAX;
    }
    if (released == 0) {
      return Instant.EPOCH;
    }
    return ReleaseDates.approvedFrom(rule, Instant.ofEpochSecond(released));
  }

  private static boolean hasNotice(OfferedVersion version) {
    return !version.classification().isEmpty();
  }

  private static boolean names(Filter filter, String text) {
    return filter.values().stream().anyMatch(text::equalsIgnoreCase);
  }

  /** SSM has Amazon Linux 2 as {@code AmazonLinux2} and as {@code AmazonLinux2.0}. */
  private static String release(String product) {
    return product.endsWith(".0") ? product.substring(0, product.length() - 2) : product;
  }

  /** Vendors write Moderate where SSM writes Medium; None is a notice without severity. */
  private static String severity(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "moderate" -> "medium";
      case "none" -> "";
      default -> lower;
    };
  }

  /** As people write them: without the epoch, with it before the version, and in front. */
  private static Stream<String> fullNames(OfferedVersion offer) {
    RpmVersion evr = RpmVersion.parse(offer.version());
    String rest = evr.version() + "-" + evr.release() + "." + offer.arch();
    return Stream.of(
        offer.name() + "-" + rest,
        offer.name() + "-" + evr.epoch() + ":" + rest,
        evr.epoch() + ":" + offer.name() + "-" + rest);
  }
}

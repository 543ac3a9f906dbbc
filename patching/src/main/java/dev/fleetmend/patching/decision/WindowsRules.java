package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.UpdateDetails;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * Windows. Filters are PATCH_SET, PRODUCT, PRODUCT_FAMILY, CLASSIFICATION, MSRC_SEVERITY and
 * PATCH_ID, of the update; lists name KB ids and bulletins; a delay counts from the day that the
 * catalogue last changed the update, and what has no date is old enough.
 */
final class WindowsRules implements FamilyRules {
  private static final String PATCH_SET = "PATCH_SET";
  private static final String OS = "OS";

  @Override
  public Comparator<String> versionOrder() {
    return Comparator.naturalOrder();
  }

  @Override
  public boolean isSecurity(OfferedVersion version) {
    return version.classification().equals("SecurityUpdates");
  }

  @Override
  public boolean matches(Filter filter, String product, OfferedVersion version) {
    if (filter.values().contains("*")) {
      return true;
    }
    UpdateDetails update = version.update();
    return switch (filter.key()) {
      case "CLASSIFICATION" -> names(filter, version.classification());
      case "MSRC_SEVERITY" -> names(filter, severity(version));
      case "PATCH_ID" -> filter.values().stream().anyMatch(id -> isNamedBy(id, version));
      case PATCH_SET -> names(filter, patchSet(version));
      case "PRODUCT" -> names(filter, update == null ? product : update.product());
      case "PRODUCT_FAMILY" -> update != null && names(filter, update.productFamily());
      default -> false;
    };
  }

  /** A rule that names no PATCH_SET is about the operating system. */
  @Override
  public boolean takes(ApprovalRule rule, OfferedVersion version) {
    return rule.filters().stream().anyMatch(filter -> filter.key().equals(PATCH_SET))
        || patchSet(version).equals(OS);
  }

  @Override
  public boolean defaultsToSecurity() {
    return false;
  }

  @Override
  public boolean hasWholeUpdates() {
    return true;
  }

  /** KB ids are written with and without their letters. */
  @Override
  public boolean isNamedBy(String entry, OfferedVersion version) {
    return number(entry).equals(number(version.name()))
        || entry.equalsIgnoreCase(version.version())
        || version.advisories().stream().anyMatch(entry::equalsIgnoreCase);
  }

  @Override
  public Instant approvedFrom(ApprovalRule rule, OfferedVersion version) {
    long released = version.releasedAt();
    return released <= 0
        ? Instant.EPOCH
        : ReleaseDates.approvedFrom(rule, Instant.ofEpochSecond(released));
  }

  private static String number(String kb) {
    String upper = kb.strip().toUpperCase(Locale.ROOT);
    return upper.startsWith("KB") ? upper.substring(2) : upper;
  }

  private static String patchSet(OfferedVersion version) {
    UpdateDetails update = version.update();
    return update == null ? OS : update.patchSet();
  }

  private static String severity(OfferedVersion version) {
    return version.severity().isEmpty() ? "Unspecified" : version.severity();
  }

  private static boolean names(Filter filter, String text) {
    return filter.values().stream().anyMatch(text::equalsIgnoreCase);
  }
}

package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.UpdateDetails;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * macOS. Filters are PRODUCT, of the host, and CLASSIFICATION, the channel an update comes by;
 * lists name an update in full, with or without its version; Apple gives no release date, so
 * nothing waits.
 */
final class MacRules implements FamilyRules {
  @Override
  public Comparator<String> versionOrder() {
    return Comparator.naturalOrder();
  }

  /** Apple says it in the title, as in {@code Security Update 2022-001 (Catalina)}. */
  @Override
  public boolean isSecurity(OfferedVersion version) {
    UpdateDetails update = version.update();
    String title = update == null ? version.name() : update.title();
    return title.toLowerCase(Locale.ROOT).contains("security");
  }

  @Override
  public boolean matches(Filter filter, String product, OfferedVersion version) {
    if (filter.values().contains("*")) {
      return true;
    }
    return switch (filter.key()) {
      case "PRODUCT" -> filter.values().contains(product);
      case "CLASSIFICATION" ->
          filter.values().stream().anyMatch(version.classification()::equalsIgnoreCase);
      default -> false;
    };
  }

  @Override
  public boolean takes(ApprovalRule rule, OfferedVersion version) {
    return true;
  }

  @Override
  public boolean defaultsToSecurity() {
    return false;
  }

  @Override
  public boolean hasWholeUpdates() {
    return true;
  }

  @Override
  public boolean isNamedBy(String entry, OfferedVersion version) {
    return entry.equals(version.name()) || entry.equals(version.name() + "." + version.version());
  }

  @Override
  public Instant approvedFrom(ApprovalRule rule, OfferedVersion version) {
    return Instant.EPOCH;
  }
}

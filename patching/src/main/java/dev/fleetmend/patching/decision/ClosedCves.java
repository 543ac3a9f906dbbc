package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.HostFacts;
import java.util.Comparator;
import java.util.List;

/** The CVEs between two versions of a package, as far as the facts name them. */
public final class ClosedCves {
  private ClosedCves() {}

  /** Those that the step from an older version to a newer one closes; none of an unknown system. */
  public static List<String> between(HostFacts facts, String name, String older, String newer) {
    return FamilyRules.of(facts.platform().operatingSystem())
        .map(rules -> between(facts, name, older, newer, rules.versionOrder()))
        .orElse(List.of());
  }

  private static List<String> between(
      HostFacts facts, String name, String older, String newer, Comparator<String> order) {
    return facts.offered().stream()
        .filter(offer -> offer.name().equals(name))
        .filter(offer -> order.compare(offer.version(), older) > 0)
        .filter(offer -> order.compare(offer.version(), newer) <= 0)
        .flatMap(offer -> offer.cves().stream())
        .distinct()
        .sorted()
        .toList();
  }
}

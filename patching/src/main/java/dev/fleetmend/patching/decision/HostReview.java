package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Brings every installed package of a host together with what is on offer for it. */
final class HostReview {
  /** dpkg's word, and rpm's. */
  private static final Set<String> EVERY_PROCESSOR = Set.of("all", "noarch");

  private final Approvals approvals;
  private final Comparator<String> order;
  private final Map<String, List<OfferedVersion>> offers;
  private final Map<String, String> newest;

  private HostReview(Approvals approvals, Comparator<String> order, HostFacts facts) {
    this.approvals = approvals;
    this.order = order;
    this.offers = facts.offered().stream().collect(Collectors.groupingBy(OfferedVersion::name));
    this.newest =
        facts.installed().stream()
            .collect(
                Collectors.toMap(
                    HostReview::id, InstalledPackage::version, BinaryOperator.maxBy(order)));
  }

  static List<PackageReview> of(Baseline baseline, HostFacts facts, Instant now) {
    Comparator<String> order = Approvals.rulesOf(baseline.operatingSystem()).versionOrder();
    Approvals approvals = Approvals.by(baseline, facts.platform().product(), now);
    HostReview review = new HostReview(approvals, order, facts);
    return facts.installed().stream().map(review::review).toList();
  }

  private PackageReview review(InstalledPackage installed) {
    List<OfferedVersion> mine =
        offers.getOrDefault(installed.name(), List.of()).stream()
            .filter(offer -> replaces(offer, installed))
            .toList();
    List<String> candidates =
        mine.stream().filter(OfferedVersion::candidate).map(OfferedVersion::version).toList();
    List<JudgedVersion> newer =
        mine.stream()
            .filter(offer -> isNewest(installed))
            .filter(offer -> order.compare(offer.version(), installed.version()) > 0)
            .sorted(Comparator.comparing(OfferedVersion::version, order).reversed())
            .map(offer -> judge(offer, candidates))
            .toList();
    OfferedVersion present =
        mine.stream()
            .filter(offer -> offer.version().equals(installed.version()))
            .findFirst()
            .orElseGet(() -> unoffered(installed));
    return new PackageReview(installed, judge(present, candidates), newer);
  }

  private JudgedVersion judge(OfferedVersion offer, List<String> candidates) {
    boolean reachable =
        candidates.stream().anyMatch(candidate -> order.compare(offer.version(), candidate) <= 0);
    return new JudgedVersion(
        offer,
        approvals.of(offer),
        approvals.isSecurity(offer),
        reachable,
        approvals.subscriptionFor(offer));
  }

  /** Of a package that stays beside its older versions, as kernels do, only the newest counts. */
  private boolean isNewest(InstalledPackage installed) {
    return installed.version().equals(newest.get(id(installed)));
  }

  private static String id(InstalledPackage installed) {
    return installed.name() + "." + installed.arch();
  }

  /** A package may turn from one processor's into every processor's and back. */
  private static boolean replaces(OfferedVersion offer, InstalledPackage installed) {
    return offer.arch().equals(installed.arch())
        || EVERY_PROCESSOR.contains(offer.arch())
        || EVERY_PROCESSOR.contains(installed.arch());
  }

  /** An installed version that no archive has (any more). */
  static OfferedVersion unoffered(InstalledPackage installed) {
    return new OfferedVersion(
        installed.name(),
        installed.arch(),
        installed.version(),
        List.of(),
        false,
        installed.section(),
        installed.priority(),
        "",
        "",
        List.of(),
        List.of(),
        0,
        0);
  }
}

package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.Origin;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.version.RpmVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Puts together what repositories offer for installed packages, with their notices. */
public final class RpmOffers {
  private static final String NO_ARCH = "noarch";

  /** Of several notices about a version the first of these tells its class. */
  private static final List<String> CLASSES =
      List.of("security", "bugfix", "recommended", "enhancement");

  private static final List<String> SEVERITIES =
      List.of("critical", "important", "moderate", "medium", "low");

  private final RepositoryIndex index;
  private final Predicate<PackageVersion> choosable;

  /**
   * @param choosable whether the package manager would take a version, for all that an
   *     administrator told it
   */
  public RpmOffers(RepositoryIndex index, Predicate<PackageVersion> choosable) {
    this.index = index;
    this.choosable = choosable;
  }

  /** For the newest installed version of each package: that version and those above it. */
  public List<OfferedVersion> of(Collection<RpmPackage> installed) {
    Map<PackageId, String> newest = new TreeMap<>();
    for (RpmPackage one : installed) {
      newest.merge(one.id(), one.version(), (a, b) -> RpmVersion.ORDER.compare(a, b) < 0 ? b : a);
    }
    List<OfferedVersion> offers = new ArrayList<>();
    newest.forEach((id, version) -> offers.addAll(of(id, version)));
    return offers;
  }

  private List<OfferedVersion> of(PackageId id, String installed) {
    Map<PackageVersion, List<AvailablePackage>> byVersion = new LinkedHashMap<>();
    List<AvailablePackage> all =
        index.versions(id.name()).stream().filter(one -> suits(id, one.exact().arch())).toList();
    int best = all.stream().mapToInt(AvailablePackage::priority).min().orElse(0);
    all.stream()
        .filter(one -> one.priority() == best)
        .filter(one -> RpmVersion.ORDER.compare(one.exact().version(), installed) >= 0)
        .forEach(one -> byVersion.computeIfAbsent(one.exact(), key -> new ArrayList<>()).add(one));
    Comparator<PackageVersion> order =
        Comparator.comparing(PackageVersion::version, RpmVersion.ORDER);
    Optional<PackageVersion> candidate = byVersion.keySet().stream().filter(choosable).max(order);
    return byVersion.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(order.reversed()))
        .map(one -> offer(one.getKey(), one.getValue(), candidate.filter(one.getKey()::equals)))
        .toList();
  }

  /** A package may become one for all processors, and one for all may become one for this. */
  private static boolean suits(PackageId id, String arch) {
    return arch.equals(id.arch()) || arch.equals(NO_ARCH) || id.arch().equals(NO_ARCH);
  }

  private OfferedVersion offer(
      PackageVersion exact, List<AvailablePackage> places, Optional<PackageVersion> candidate) {
    List<Notice> notices = index.notices(exact);
    List<String> advisories = new ArrayList<>();
    List<String> cves = new ArrayList<>();
    notices.forEach(notice -> advisories.add(notice.id()));
    notices.forEach(notice -> advisories.addAll(notice.bugs()));
    notices.forEach(notice -> cves.addAll(notice.cves()));
    AvailablePackage first = places.getFirst();
    return new OfferedVersion(
        exact.name(),
        exact.arch(),
        exact.version(),
        places.stream()
            .map(AvailablePackage::repository)
            .distinct()
            .map(RpmOffers::origin)
            .toList(),
        candidate.isPresent(),
        "",
        "",
        first(notices.stream().map(Notice::classification).toList(), CLASSES),
        first(notices.stream().map(Notice::severity).toList(), SEVERITIES),
        advisories.stream().distinct().toList(),
        cves.stream().distinct().toList(),
        releasedAt(notices, first.builtAt()),
        first.downloadBytes());
  }

  private static long releasedAt(List<Notice> notices, long builtAt) {
    return notices.isEmpty()
        ? builtAt
        : notices.stream().mapToLong(Notice::updatedAt).max().getAsLong();
  }

  private static Origin origin(String repository) {
    return new Origin("", "", "", repository, "");
  }

  /** The word that stands first in the order; one that does not stand there comes last. */
  private static String first(List<String> words, List<String> order) {
    return words.stream()
        .filter(word -> !word.isEmpty())
        .min(Comparator.comparingInt(word -> rank(word, order)))
        .orElse("");
  }

  private static int rank(String word, List<String> order) {
    int rank = order.indexOf(word.toLowerCase(Locale.ROOT));
    return rank < 0 ? order.size() : rank;
  }
}

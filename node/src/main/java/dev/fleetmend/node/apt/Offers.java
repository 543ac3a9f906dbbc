package dev.fleetmend.node.apt;

import dev.fleetmend.patching.fact.OfferedVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what the archives offer for installed packages, from apt's policy (versions, pins),
 * the lists (section, priority, size) and changelogs (advisories, CVE ids).
 */
record Offers(ReleaseTable releases, ListIndexes lists, Changelogs changelogs) {

  List<OfferedVersion> of(
      List<DpkgPackage> packages, List<PackagePolicy> policies, String nativeArch) {
    Map<String, DpkgPackage> installed = new HashMap<>();
    for (DpkgPackage one : packages) {
      installed.put(policyKey(one, nativeArch), one);
    }
    List<OfferedVersion> offers = new ArrayList<>();
    for (PackagePolicy policy : policies) {
      DpkgPackage now = installed.get(policy.key());
      if (now != null) {
        for (PackagePolicy.Version version : policy.fromInstalledUp()) {
          offers.add(offer(now, policy, version));
        }
      }
    }
    return offers;
  }

  /** The name by which apt asks for and tells of a package. */
  static String policyKey(DpkgPackage one, String nativeArch) {
    boolean plain = one.arch().equals(nativeArch) || one.arch().equals("all");
    return plain ? one.name() : one.name() + ":" + one.arch();
  }

  private OfferedVersion offer(
      DpkgPackage now, PackagePolicy policy, PackagePolicy.Version version) {
    PackageIndex.Entry entry = lists.find(now.name(), version.version());
    Changelogs.Extract changes = changelogs.between(now, version.version());
    boolean moves = entry != null && (entry.arch().equals("all") || now.arch().equals("all"));
    return new OfferedVersion(
        now.name(),
        entry != null && moves ? entry.arch() : now.arch(),
        version.version(),
        releases.of(version.sources()),
        version.version().equals(policy.candidate()),
        entry == null ? now.section() : entry.section(),
        entry == null ? now.priority() : entry.priority(),
        "",
        "",
        changes.advisories(),
        changes.cves(),
        changes.releasedAt(),
        entry == null ? 0 : entry.bytes());
  }
}

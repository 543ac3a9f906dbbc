package dev.fleetmend.node.dnf;

import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import dev.fleetmend.node.rpm.RepositoryIndex;
import dev.fleetmend.node.rpm.RpmDatabase;
import dev.fleetmend.node.rpm.RpmHost;
import dev.fleetmend.node.rpm.RpmOffers;
import dev.fleetmend.node.rpm.RpmPackage;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.version.RpmVersion;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a host that dnf patches; what is installed is asked every time. */
final class DnfScan {
  private final RpmDatabase database;
  private final DnfIndex offered;
  private @Nullable String architecture;

  DnfScan(RpmDatabase database, DnfIndex offered) {
    this.database = database;
    this.offered = offered;
  }

  synchronized HostFacts scan(PackageLists lists, DnfHolds holds) throws IOException {
    List<RpmPackage> packages = database.packages();
    RepositoryIndex index =
        offered.of(packages.stream().map(RpmPackage::name).collect(Collectors.toSet()));
    Set<String> asking =
        packages.stream()
            .filter(one -> index.asksForReboot(one.exact()))
            .map(RpmPackage::name)
            .collect(Collectors.toSet());
    return new HostFacts(
        DnfPlatform.of(OsRelease.ofThisHost(), architecture()),
        "dnf",
        RpmHost.boot(packages, asking),
        lists,
        newest(packages).stream().map(one -> installed(one, holds)).toList(),
        new RpmOffers(index, version -> !holds.keepsAway(version)).of(packages),
        unfinished(packages));
  }

  private List<String> unfinished(List<RpmPackage> packages) throws IOException {
    return database.standings(packages, id -> false).entrySet().stream()
        .filter(one -> one.getValue().completeness() == Completeness.UNFINISHED)
        .map(one -> one.getKey().toString())
        .sorted()
        .toList();
  }

  /** Of kernels and the like the newest. */
  private static Collection<RpmPackage> newest(List<RpmPackage> packages) {
    Map<PackageId, RpmPackage> newest = new TreeMap<>();
    for (RpmPackage one : packages) {
      newest.merge(
          one.id(), one, (a, b) -> RpmVersion.ORDER.compare(a.version(), b.version()) < 0 ? b : a);
    }
    return newest.values();
  }

  private static InstalledPackage installed(RpmPackage one, DnfHolds holds) {
    return new InstalledPackage(
        one.name(),
        one.arch(),
        one.version(),
        one.source(),
        "",
        "",
        holds.holds(one.id()),
        one.installedAt());
  }

  private String architecture() throws IOException {
    String known = architecture;
    if (known == null) {
      known = database.architecture();
      architecture = known;
    }
    return known;
  }
}

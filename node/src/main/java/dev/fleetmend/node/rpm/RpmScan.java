package dev.fleetmend.node.rpm;

import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
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

/**
 * Reads the facts of a host that yum or dnf patches; what rpm said of it is remembered while it
 * holds.
 */
public final class RpmScan {
  private final String manager;
  private final Set<String> usedFromBoot;
  private final RpmDatabase database;
  private final InstalledPackages installed;
  private final OfferedPackages offered;
  private @Nullable String architecture;

  /**
   * Of this host.
   *
   * @param manager the package manager's name
   * @param usedFromBoot packages, beside those that every such host has, that come into use only
   *     when the host boots
   */
  public RpmScan(
      String manager, Set<String> usedFromBoot, RpmDatabase database, OfferedPackages offered) {
    this.manager = manager;
    this.usedFromBoot = Set.copyOf(usedFromBoot);
    this.database = database;
    this.installed = new InstalledPackages(database);
    this.offered = offered;
  }

  /** Reads them. */
  public synchronized HostFacts scan(PackageLists lists, VersionHolds holds) throws IOException {
    List<RpmPackage> packages = installed.now();
    RepositoryIndex index =
        offered.of(packages.stream().map(RpmPackage::name).collect(Collectors.toSet()));
    Set<String> asking =
        packages.stream()
            .filter(one -> usedFromBoot.contains(one.name()) || index.asksForReboot(one.exact()))
            .map(RpmPackage::name)
            .collect(Collectors.toSet());
    return new HostFacts(
        RpmPlatform.of(OsRelease.ofThisHost(), architecture()),
        manager,
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

  private static InstalledPackage installed(RpmPackage one, VersionHolds holds) {
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

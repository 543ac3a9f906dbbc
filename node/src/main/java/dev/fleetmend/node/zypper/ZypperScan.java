package dev.fleetmend.node.zypper;

import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import dev.fleetmend.node.rpm.InstalledPackages;
import dev.fleetmend.node.rpm.RepositoryIndex;
import dev.fleetmend.node.rpm.RpmDatabase;
import dev.fleetmend.node.rpm.RpmHost;
import dev.fleetmend.node.rpm.RpmOffers;
import dev.fleetmend.node.rpm.RpmPackage;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.fact.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the facts of a host with zypper: straight from rpm's database and the repositories'
 * metadata, without a zypper.
 */
final class ZypperScan {
  private final RpmDatabase database;
  private final InstalledPackages installed;
  private final ZypperIndex index;
  private final ZypperLocks locks;
  private @Nullable String architecture;

  ZypperScan(RpmDatabase database, ZypperIndex index, ZypperLocks locks) {
    this.database = database;
    this.installed = new InstalledPackages(database);
    this.index = index;
    this.locks = locks;
  }

  HostFacts scan(PackageLists lists) throws IOException {
    List<RpmPackage> packages = installed.now();
    LockedPackages locked = new LockedPackages(locks.read());
    Map<PackageId, PackageStanding> standings = database.standings(packages, id -> false);
    Set<String> names = packages.stream().map(RpmPackage::name).collect(Collectors.toSet());
    RepositoryIndex known = index.of(names);
    Set<String> asking =
        packages.stream()
            .filter(one -> known.asksForReboot(one.exact()))
            .map(RpmPackage::name)
            .collect(Collectors.toSet());
    RpmOffers offers = new RpmOffers(known, one -> !locked.bar(one.name(), one.version()));
    return new HostFacts(
        platform(),
        "zypper",
        RpmHost.boot(packages, asking),
        lists,
        packages.stream()
            .filter(one -> isNewest(one, standings))
            .map(one -> installed(one, locked))
            .toList(),
        offers.of(packages),
        standings.entrySet().stream()
            .filter(one -> one.getValue().completeness() == Completeness.UNFINISHED)
            .map(one -> one.getKey().toString())
            .sorted()
            .toList());
  }

  /** Of several kernels the newest counts. */
  private static boolean isNewest(RpmPackage one, Map<PackageId, PackageStanding> standings) {
    PackageStanding standing = standings.get(one.id());
    return standing != null && standing.version().equals(one.version());
  }

  private static InstalledPackage installed(RpmPackage one, LockedPackages locked) {
    return new InstalledPackage(
        one.name(),
        one.arch(),
        one.version(),
        one.source(),
        "",
        "",
        locked.keep(one.name(), one.version()),
        one.installedAt());
  }

  private Platform platform() throws IOException {
    OsRelease release = OsRelease.ofThisHost();
    return new Platform(
        "SUSE", "Suse" + release.version(), release.name(), release.version(), architecture());
  }

  /** It stays while the host does. */
  private String architecture() throws IOException {
    String known = architecture;
    if (known == null) {
      known = database.architecture();
      architecture = known;
    }
    return known;
  }
}

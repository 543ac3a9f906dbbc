package dev.fleetmend.node.dnf;

import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.manager.ChangeListener;
import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.FreshLists;
import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.rpm.RepositoryDefinitions;
import dev.fleetmend.node.rpm.RpmFetch;
import dev.fleetmend.node.rpm.RpmFiles;
import dev.fleetmend.node.rpm.RpmNames;
import dev.fleetmend.node.rpm.RpmPackageManager;
import dev.fleetmend.node.rpm.RpmScan;
import dev.fleetmend.node.rpm.VersionHolds;
import dev.fleetmend.node.rpm.VersionLocks;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * dnf on this host. It plans and installs; what goes back goes back by rpm alone, in one
 * transaction and without a repository.
 */
public final class DnfPackageManager extends RpmPackageManager {
  private final DnfCommands commands;
  private final FreshLists lists;
  private final RpmScan scan;
  private final RpmFetch fetch;
  private final DnfMarks marks;
  private final DnfPlaces places;

  private DnfPackageManager(Path state, DnfPlaces places, Clock clock) {
    super(state, places.generation().locks());
    this.places = places;
    this.commands = new DnfCommands(places);
    this.lists =
        new FreshLists(new DnfLists(commands, places), state.resolve("lists-refreshed"), clock);
    DnfIndex offered = new DnfIndex(commands, places);
    this.scan = new RpmScan("dnf", Set.of(), database, offered);
    this.fetch = new RpmFetch(offered, new DnfDownloads(commands, places), new RpmFiles(rpm));
    this.marks = new DnfMarks(commands);
  }

  /** Whether this host has dnf. */
  public static boolean isHere() {
    return DnfGeneration.ofThisHost().isPresent() && Files.isExecutable(Path.of("/usr/bin/rpm"));
  }

  /**
   * dnf on this host.
   *
   * @param state a folder for what is remembered between scans
   * @param readOnly whether the host's own cache must stay untouched
   * @throws IOException when the folders cannot be made
   */
  public static DnfPackageManager open(Path state, boolean readOnly, Clock clock)
      throws IOException {
    Files.createDirectories(state);
    DnfGeneration generation = DnfGeneration.ofThisHost().orElse(DnfGeneration.FOUR);
    OsRelease release = OsRelease.ofThisHost();
    return new DnfPackageManager(
        state, DnfPlaces.of(generation, release, state.resolve("apart"), readOnly), clock);
  }

  @Override
  public HostFacts scan() throws IOException {
    return scan.scan(lists.refresh(), holds());
  }

  @Override
  public Map<PackageId, PackageStanding> standings() throws IOException {
    return database.standings(holds()::holds);
  }

  @Override
  public Map<PackageVersion, PackageSize> sizes(Collection<PackageVersion> versions)
      throws IOException {
    return fetch.sizes(versions);
  }

  @Override
  public Marks marks() throws IOException {
    return marks.read(holds());
  }

  @Override
  protected void restore(Marks before, Set<String> present) throws IOException {
    marks.restore(before, present);
  }

  @Override
  public Simulation simulateInstall(Collection<PackageVersion> versions) throws IOException {
    List<String> exact = versions.stream().map(RpmNames::exact).toList();
    Map<PackageId, PackageStanding> now = standings();
    return sparingHeld(DnfTable.simulation(commands.simulate(exact), versions, now), now);
  }

  @Override
  public List<FetchedPackage> fetch(Collection<PackageVersion> versions, Path folder)
      throws IOException {
    return fetch.fetch(versions, folder);
  }

  @Override
  public boolean install(
      Collection<PackageVersion> versions, Path fetched, Path log, ChangeListener listener)
      throws IOException {
    List<PackageChange> all = simulateInstall(versions).changes();
    List<Path> files =
        fetch.fetch(PackageChange.incoming(all), fetched).stream()
            .map(one -> one.file().toAbsolutePath())
            .toList();
    return !files.isEmpty()
        && putIn(
            files,
            all,
            () -> commands.install(files.stream().map(Path::toString).toList(), log),
            log,
            listener);
  }

  @Override
  public void holdBack(List<PackageVersion> versions) throws IOException {
    switch (places.generation()) {
      case FOUR -> locks().holdBack(versions);
      case FIVE -> Dnf5Locks.ofThisHost().holdBack(versions);
    }
  }

  private VersionHolds holds() throws IOException {
    RepositoryDefinitions definitions = DnfConfiguration.read(places).definitions();
    return switch (places.generation()) {
      case FOUR -> locks().with(definitions);
      case FIVE -> Dnf5Locks.ofThisHost().with(definitions.excludes());
    };
  }

  private static VersionLocks locks() throws IOException {
    return VersionLocks.of(
        Path.of("/etc/dnf/plugins/versionlock.conf"),
        Path.of("/etc/dnf/plugins/versionlock.list"),
        VersionLocks.EpochPlace.BEFORE_VERSION);
  }
}

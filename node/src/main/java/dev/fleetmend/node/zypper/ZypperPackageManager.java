package dev.fleetmend.node.zypper;

import dev.fleetmend.node.manager.ChangeListener;
import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.FreshLists;
import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.rpm.Obsoletes;
import dev.fleetmend.node.rpm.RpmNames;
import dev.fleetmend.node.rpm.RpmPackage;
import dev.fleetmend.node.rpm.RpmPackageManager;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.version.RpmVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * zypper and rpm on this host. zypper plans, fetches and installs; what goes back is put back by
 * rpm, in one transaction, for no repository need have it any more.
 */
public final class ZypperPackageManager extends RpmPackageManager {
  private static final List<String> INSTALL =
      List.of("install", "--no-recommends", "--oldpackage", "--allow-unsigned-rpm");

  private final ZypperCommands commands;
  private final ZypperRepositories repositories;
  private final FreshLists lists;
  private final ZypperScan scan;
  private final ZypperFetch fetch;
  private final ZypperLocks locks;
  private final ZypperMarks marks;

  private ZypperPackageManager(ZypperPlaces places, Path state, Clock clock) {
    super(state, List.of(Path.of("/run/zypp.pid")));
    this.repositories = new ZypperRepositories(Path.of("/etc/zypp/repos.d"), places.raw());
    ZypperIndex index = new ZypperIndex(repositories);
    this.commands = new ZypperCommands(places.options());
    this.lists =
        new FreshLists(
            new ZypperLists(commands, repositories), state.resolve("lists-refreshed"), clock);
    this.locks = new ZypperLocks(Path.of("/etc/zypp/locks"), state.resolve("own-locks.json"));
    this.scan = new ZypperScan(database, index, locks);
    this.fetch = new ZypperFetch(commands, index);
    this.marks = new ZypperMarks(locks, Path.of("/var/lib/zypp/AutoInstalled"));
  }

  /** Whether this host has zypper. */
  public static boolean isHere() {
    return Files.isExecutable(Path.of("/usr/bin/zypper"))
        && Files.isExecutable(Path.of("/usr/bin/rpm"));
  }

  /**
   * zypper on this host.
   *
   * @param state a folder for what is remembered between scans
   * @param readOnly whether the host's own lists must stay untouched
   * @throws IOException when the folders cannot be made
   */
  public static ZypperPackageManager open(Path state, boolean readOnly, Clock clock)
      throws IOException {
    Files.createDirectories(state);
    ZypperPlaces places =
        readOnly ? ZypperPlaces.apart(state.resolve("apart")) : ZypperPlaces.ofSystem();
    return new ZypperPackageManager(places, state, clock);
  }

  @Override
  public HostFacts scan() throws IOException {
    return scan.scan(lists.refresh());
  }

  @Override
  public Map<PackageId, PackageStanding> standings() throws IOException {
    List<RpmPackage> packages = database.packages();
    LockedPackages locked = new LockedPackages(locks.read());
    Map<PackageId, String> newest = newest(packages);
    return database.standings(packages, id -> locked.keep(id.name(), newest.getOrDefault(id, "")));
  }

  @Override
  public Map<PackageVersion, PackageSize> sizes(Collection<PackageVersion> versions)
      throws IOException {
    return fetch.sizes(versions);
  }

  @Override
  public Marks marks() throws IOException {
    return marks.read();
  }

  @Override
  protected void restore(Marks before, Set<String> present) throws IOException {
    marks.restore(before, present);
  }

  @Override
  public Simulation simulateInstall(Collection<PackageVersion> versions) throws IOException {
    List<String> arguments = new ArrayList<>(INSTALL);
    arguments.add("--dry-run");
    versions.forEach(
        version -> arguments.add(RpmNames.of(PackageId.of(version)) + "=" + version.version()));
    Simulation plan =
        ZypperPlan.parse(
            commands.offline(arguments),
            newest(database.packages()),
            (gone, coming) -> Obsoletes.of(coming, repositories.withLists()).by(gone));
    boolean replaces = plan.changes().stream().anyMatch(change -> change.replacedBy() != null);
    return replaces ? sparingHeld(plan, standings()) : plan;
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
    List<PackageChange> planned = simulateInstall(versions).changes();
    List<Path> files =
        PackageChange.incoming(planned).stream()
            .map(version -> ZypperFetch.place(fetched, version).toAbsolutePath())
            .toList();
    List<String> arguments = new ArrayList<>(INSTALL);
    files.forEach(file -> arguments.add(file.toString()));
    changes.clearAway(files);
    listener.configuring();
    return !planned.isEmpty()
        && changes.run(
            () -> commands.change(arguments, log),
            planned.stream().map(PackageChange::id).toList(),
            log);
  }

  @Override
  public void holdBack(List<PackageVersion> versions) throws IOException {
    locks.holdBack(versions);
  }

  private static Map<PackageId, String> newest(List<RpmPackage> packages) {
    Map<PackageId, String> newest = new HashMap<>();
    for (RpmPackage one : packages) {
      newest.merge(one.id(), one.version(), (a, b) -> RpmVersion.ORDER.compare(a, b) < 0 ? b : a);
    }
    return newest;
  }
}

package dev.fleetmend.node.yum;

import dev.fleetmend.node.manager.ChangeListener;
import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.FreshLists;
import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
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
 * yum 3 on this host. It plans and installs; what goes back goes back by rpm alone, in one
 * transaction and without a repository.
 */
public final class YumPackageManager extends RpmPackageManager {
  /** What the needs-restarting command of yum-utils asks for a reboot for, and dnf's does not. */
  private static final Set<String> USED_FROM_BOOT = Set.of("udev", "openssl-libs", "gnutls");

  private static final Path REMEMBERED = Path.of("/var/lib/yum");

  private final YumCommands commands;
  private final FreshLists lists;
  private final RpmScan scan;
  private final RpmFetch fetch;
  private final YumMarks marks;
  private final UnfinishedTransactions unfinished;
  private final Path cache;

  private YumPackageManager(Path state, Path cache, List<String> options, Clock clock) {
    super(state, List.of(Path.of("/var/run/yum.pid")));
    this.cache = cache;
    this.commands = new YumCommands(cache, options);
    this.lists =
        new FreshLists(new YumLists(commands, cache), state.resolve("lists-refreshed"), clock);
    YumIndex offered = new YumIndex(cache);
    this.scan = new RpmScan("yum", USED_FROM_BOOT, database, offered);
    this.fetch = new RpmFetch(offered, new YumDownloads(cache), new RpmFiles(rpm));
    this.marks = new YumMarks(database, REMEMBERED.resolve("yumdb"));
    this.unfinished = new UnfinishedTransactions(REMEMBERED, state);
  }

  /** Whether this host has yum 3: in its place dnf has a link to itself. */
  public static boolean isHere() {
    return Files.isExecutable(YumDownloads.PROGRAM)
        && Files.isExecutable(Path.of("/usr/bin/rpm"))
        && Files.isRegularFile(Path.of("/usr/share/yum-cli/yummain.py"));
  }

  /**
   * yum on this host.
   *
   * @param state a folder for what is remembered between scans, the metadata among it
   * @param readOnly whether yum's own folders must stay untouched
   * @throws IOException when the folders cannot be made
   */
  public static YumPackageManager open(Path state, boolean readOnly, Clock clock)
      throws IOException {
    Path cache = Files.createDirectories(state.resolve("cache"));
    List<String> options =
        readOnly ? List.of("--setopt=persistdir=" + state.resolve("apart")) : List.of();
    return new YumPackageManager(state, cache, options, clock);
  }

  @Override
  public HostFacts scan() throws IOException {
    return scan.scan(lists.refresh(), holds());
  }

  @Override
  public void repair(Path log) throws IOException {
    super.repair(log);
    unfinished.forgetOurs();
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
    return sparingHeld(YumTable.simulation(commands.simulate(exact), versions, now), now);
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
    if (files.isEmpty()) {
      return false;
    }
    unfinished.begin();
    boolean killed =
        putIn(
            files,
            all,
            () -> commands.install(files.stream().map(Path::toString).toList(), log),
            log,
            listener);
    unfinished.forgetOurs();
    return killed;
  }

  @Override
  public void holdBack(List<PackageVersion> versions) throws IOException {
    locks().holdBack(versions);
  }

  private VersionHolds holds() throws IOException {
    return locks().with(YumConfiguration.read(cache).definitions());
  }

  private static VersionLocks locks() throws IOException {
    return VersionLocks.of(
        Path.of("/etc/yum/pluginconf.d/versionlock.conf"),
        Path.of("/etc/yum/pluginconf.d/versionlock.list"),
        VersionLocks.EpochPlace.BEFORE_NAME);
  }
}

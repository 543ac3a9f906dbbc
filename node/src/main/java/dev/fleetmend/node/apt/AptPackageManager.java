package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.ChangeListener;
import dev.fleetmend.node.manager.Complaint;
import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.FreshLists;
import dev.fleetmend.node.manager.LockHeldException;
import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** apt and dpkg on this host. */
public final class AptPackageManager implements PackageManager {
  private static final Path PINS = Path.of("/etc/apt/preferences.d/fleetmend-quarantine");
  private static final List<String> EXACTLY =
      List.of("--no-remove", "--no-install-recommends", "install");
  private static final List<String> BACK =
      List.of("--allow-downgrades", "--no-remove", "--no-install-recommends", "install");

  private final AptCommands commands;
  private final DpkgDatabase dpkg;
  private final FreshLists lists;
  private final AptScan scan;
  private final AptFetch fetch;
  private final AptMarks marks;
  private final AptConffiles conffiles;
  private final AptChanges changes;
  private final AptLock lock;

  private AptPackageManager(AptPlaces places, Path state, Path vault, Clock clock) {
    this.commands = new AptCommands(places.options());
    this.dpkg = new DpkgDatabase(commands);
    this.lists =
        new FreshLists(new AptLists(commands, places), state.resolve("lists-refreshed"), clock);
    this.scan =
        new AptScan(
            commands,
            dpkg,
            places,
            new HostReader(),
            new Changelogs(state.resolve("changelogs")),
            vault);
    this.fetch = new AptFetch(commands, places);
    this.marks = new AptMarks(commands);
    this.conffiles = new AptConffiles(commands);
    this.changes = new AptChanges(commands);
    this.lock = new AptLock(dpkg);
  }

  /** Whether this host has apt. */
  public static boolean isHere() {
    return Files.isExecutable(Path.of("/usr/bin/apt-get"))
        && Files.isExecutable(Path.of("/usr/bin/dpkg-query"));
  }

  /**
   * apt on this host.
   *
   * @param state a folder for what is remembered between scans
   * @param vault the folder of kept package files, whose changelogs are read too
   * @param readOnly whether the host's own lists and caches must stay untouched
   * @throws IOException when the folders cannot be made
   */
  public static AptPackageManager open(Path state, Path vault, boolean readOnly, Clock clock)
      throws IOException {
    Files.createDirectories(state);
    AptPlaces places = readOnly ? AptPlaces.apart(state.resolve("apart")) : AptPlaces.ofSystem();
    return new AptPackageManager(places, state, vault, clock);
  }

  @Override
  public HostFacts scan() throws IOException {
    return scan.scan(lists.refresh());
  }

  @Override
  public void awaitTurn(Duration deadline) throws IOException, LockHeldException {
    lock.await(deadline);
  }

  @Override
  public void repair(Path log) throws IOException {
    changes.configureAll(log);
  }

  @Override
  public Map<PackageId, PackageStanding> standings() throws IOException {
    Map<PackageId, PackageStanding> standings = new HashMap<>();
    for (DpkgPackage one : dpkg.packages()) {
      if (!one.state().equals("not-installed")) {
        standings.put(one.id(), one.standing());
      }
    }
    return standings;
  }

  @Override
  public Map<PackageId, List<Path>> configurationFiles(Collection<PackageId> packages)
      throws IOException {
    return conffiles.of(packages);
  }

  @Override
  public Map<PackageId, List<Path>> files(Collection<PackageId> packages) throws IOException {
    return dpkg.files(packages);
  }

  @Override
  public Map<PackageVersion, PackageSize> sizes(Collection<PackageVersion> versions)
      throws IOException {
    return fetch.sizes(versions);
  }

  @Override
  public Map<Path, Long> contents(Path packageFile) throws IOException {
    return DebContents.read(commands, packageFile);
  }

  @Override
  public Marks marks() throws IOException {
    return marks.read();
  }

  @Override
  public void restore(Marks before) throws IOException {
    String arch = dpkg.architecture();
    Set<String> present =
        dpkg.packages().stream()
            .filter(DpkgPackage::present)
            .map(one -> Offers.policyKey(one, arch))
            .collect(Collectors.toSet());
    marks.restore(before, present);
  }

  @Override
  public Simulation simulateInstall(Collection<PackageVersion> versions) throws IOException {
    return simulate(EXACTLY, exact(versions));
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
    Files.createDirectories(fetched.resolve("partial"));
    List<String> arguments = new ArrayList<>(List.of("-o", "Dir::Cache::Archives=" + fetched));
    arguments.addAll(EXACTLY);
    arguments.addAll(exact(versions));
    return changes.run(arguments, log, listener);
  }

  @Override
  public Map<String, Complaint> complaints(Path log) throws IOException {
    return Complaints.read(log);
  }

  @Override
  public Simulation simulatePutBack(Collection<Path> files, Collection<PackageId> leaving)
      throws IOException {
    Simulation beside = simulate(BACK, paths(files));
    if (beside.possible() || leaving.isEmpty()) {
      return beside;
    }
    List<String> arguments = new ArrayList<>(List.of("-s", "-y"));
    arguments.addAll(exchange(files, leaving));
    ProgramResult result = commands.aptGet(arguments);
    boolean nothingElse = leaving.containsAll(SimulationOutput.removals(result, dpkg.packages()));
    return result.succeeded() && nothingElse
        ? new Simulation(true, SimulationOutput.parse(result).changes(), "")
        : beside;
  }

  @Override
  public boolean putBack(
      Collection<Path> files, Collection<PackageId> leaving, Path log, ChangeListener listener)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-o", "APT::Sandbox::User=root"));
    if (simulate(BACK, paths(files)).possible() || !simulatePutBack(files, leaving).possible()) {
      arguments.addAll(BACK);
      arguments.addAll(paths(files));
    } else {
      arguments.addAll(exchange(files, leaving));
    }
    return changes.run(arguments, log, listener);
  }

  /** Puts back what cannot stand beside what leaves: both in one transaction of apt. */
  private static List<String> exchange(Collection<Path> files, Collection<PackageId> leaving) {
    List<String> arguments =
        new ArrayList<>(List.of("--allow-downgrades", "--no-install-recommends", "install"));
    arguments.addAll(paths(files));
    leaving.forEach(id -> arguments.add(AptNames.of(id) + "-"));
    return arguments;
  }

  @Override
  public void finish(Collection<Path> files, Collection<PackageId> going, Path log)
      throws IOException {
    if (!files.isEmpty()) {
      changes.unpackAll(paths(files), log);
    }
    if (!going.isEmpty()) {
      changes.purge(going.stream().map(AptNames::of).toList(), log);
    }
  }

  @Override
  public List<PackageId> leavingWith(Collection<PackageId> packages) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-s", "-y", "remove"));
    packages.forEach(id -> arguments.add(AptNames.of(id)));
    return SimulationOutput.removals(commands.aptGet(arguments), dpkg.packages());
  }

  @Override
  public boolean remove(Collection<PackageId> packages, boolean configuration, Path log)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(configuration ? "purge" : "remove"));
    packages.forEach(id -> arguments.add(AptNames.of(id)));
    return changes.run(arguments, log, () -> {});
  }

  @Override
  public void holdBack(List<PackageVersion> versions) throws IOException {
    new QuarantinePins(PINS, dpkg.architecture()).write(versions);
  }

  private Simulation simulate(List<String> how, List<String> what) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-s", "-y"));
    arguments.addAll(how);
    arguments.addAll(what);
    ProgramResult result = commands.aptGet(arguments);
    return SimulationOutput.parse(result);
  }

  private static List<String> exact(Collection<PackageVersion> versions) {
    return versions.stream().map(AptNames::exact).toList();
  }

  private static List<String> paths(Collection<Path> files) {
    return files.stream().map(file -> file.toAbsolutePath().toString()).toList();
  }
}

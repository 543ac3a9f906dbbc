package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.ChangeListener;
import dev.fleetmend.node.manager.Complaint;
import dev.fleetmend.node.manager.LockHeldException;
import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is alike for every package manager above rpm: rpm's database, its locks, and the way back,
 * which rpm goes by itself, in one transaction and without a repository.
 */
public abstract class RpmPackageManager implements PackageManager {
  /** The command lines of rpm. */
  protected final RpmCommands rpm = new RpmCommands();

  /** What is installed. */
  protected final RpmDatabase database;

  /** Changes, and what of them is in doubt. */
  protected final RpmChanges changes;

  private final RpmLock lock;

  /**
   * Over this host's rpm.
   *
   * @param state a folder of ours
   * @param pidFiles files in which the package manager writes its process id
   */
  protected RpmPackageManager(Path state, List<Path> pidFiles) {
    InDoubt inDoubt = new InDoubt(state);
    this.database = new RpmDatabase(rpm, inDoubt);
    this.changes = new RpmChanges(rpm, database, inDoubt);
    this.lock = new RpmLock(database, pidFiles);
  }

  @Override
  public final void awaitTurn(Duration deadline) throws IOException, LockHeldException {
    lock.await(deadline);
  }

  /**
   * Packages that are in doubt are put in again whole; what rpm knows them by must be so before.
   */
  @Override
  public void repair(Path log) throws IOException {
    database.mendIndexes();
  }

  @Override
  public final Map<PackageId, List<Path>> configurationFiles(Collection<PackageId> packages)
      throws IOException {
    return database.configurationFiles(packages);
  }

  @Override
  public final Map<PackageId, List<Path>> files(Collection<PackageId> packages) throws IOException {
    return database.files(packages);
  }

  @Override
  public final void restore(Marks before) throws IOException {
    restore(before, database.packages().stream().map(RpmPackage::name).collect(Collectors.toSet()));
  }

  /**
   * As {@link #restore(Marks)}.
   *
   * @param present the names of the packages that are there
   */
  protected abstract void restore(Marks before, Set<String> present) throws IOException;

  /**
   * Has a program put package files in, over what a killed one may have left of them.
   *
   * @param planned all that changes with them
   * @return whether it was killed
   */
  protected final boolean putIn(
      List<Path> files,
      List<PackageChange> planned,
      RpmChanges.Start start,
      Path log,
      ChangeListener listener)
      throws IOException {
    changes.clearAway(files);
    return changes.run(start, planned.stream().map(PackageChange::id).toList(), log, listener);
  }

  /** What would replace a package that is to be left alone is not possible. */
  protected static Simulation sparingHeld(
      Simulation simulation, Map<PackageId, PackageStanding> now) {
    List<String> held =
        simulation.changes().stream()
            .filter(change -> change.replacedBy() != null)
            .map(PackageChange::id)
            .filter(id -> now.containsKey(id) && now.get(id).held())
            .map(PackageId::toString)
            .toList();
    return held.isEmpty() || !simulation.possible()
        ? simulation
        : new Simulation(
            false,
            simulation.changes(),
            "it would replace " + String.join(", ", held) + ", held on this host");
  }

  @Override
  public final Map<Path, Long> contents(Path packageFile) throws IOException {
    return changes.contents(packageFile);
  }

  @Override
  public final Map<String, Complaint> complaints(Path log) throws IOException {
    return RpmComplaints.read(log);
  }

  @Override
  public final boolean keepsSeveral(PackageId id) throws IOException {
    return database.isMultiVersion(id);
  }

  @Override
  public final Simulation simulatePutBack(Collection<Path> files, Collection<PackageId> leaving)
      throws IOException {
    return changes.simulatePutBack(files, leaving);
  }

  @Override
  public final boolean putBack(
      Collection<Path> files, Collection<PackageId> leaving, Path log, ChangeListener listener)
      throws IOException {
    return changes.putBack(files, leaving, log, listener);
  }

  @Override
  public final void finish(Collection<Path> files, Collection<PackageId> going, Path log)
      throws IOException {
    changes.finish(files, going, log);
  }

  @Override
  public final List<PackageId> leavingWith(Collection<PackageId> packages) throws IOException {
    return changes.leavingWith(packages);
  }

  /** rpm keeps configuration files that were edited, with the ending {@code .rpmsave}. */
  @Override
  public final boolean remove(Collection<PackageId> packages, boolean configuration, Path log)
      throws IOException {
    return changes.remove(packages, log);
  }
}

package dev.fleetmend.node.manager;

import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A host's package manager. Methods that change the host are judged by {@link #standings()} after
 * them, never by what the package manager returns; each may be said again after it was killed.
 */
public interface PackageManager {
  /** The file in which {@link #fetch} leaves what the package manager said, in its folder. */
  String FETCH_LOG = "download.log";

  /**
   * Refreshes the package lists unless they are younger than an hour, and reads all facts.
   *
   * @throws IOException when the host cannot be read; lists that cannot be refreshed are a fact
   */
  HostFacts scan() throws IOException;

  /**
   * Waits until no other process works with the package manager, nor any script of a package is
   * left running by one that was killed.
   *
   * @throws LockHeldException when one still does at the deadline
   */
  void awaitTurn(Duration deadline) throws IOException, LockHeldException;

  /** Finishes what an interrupted run left behind, as far as that goes. */
  void repair(Path log) throws IOException;

  /** How each package stands that the package manager knows of. */
  Map<PackageId, PackageStanding> standings() throws IOException;

  /** The configuration files of packages, by package. */
  Map<PackageId, List<Path>> configurationFiles(Collection<PackageId> packages) throws IOException;

  /** The files that packages brought, by package; folders may be among them. */
  default Map<PackageId, List<Path>> files(Collection<PackageId> packages) throws IOException {
    return Map.of();
  }

  /** The sizes of those versions that an archive offers, as its index says. */
  default Map<PackageVersion, PackageSize> sizes(Collection<PackageVersion> versions)
      throws IOException {
    return Map.of();
  }

  /**
   * The files that a package file brings, with their bytes once they are unpacked; links and
   * folders are left out.
   */
  Map<Path, Long> contents(Path packageFile) throws IOException;

  /** Whether several versions of a package are kept side by side, as of kernels. */
  default boolean keepsSeveral(PackageId id) throws IOException {
    return false;
  }

  Marks marks() throws IOException;

  /** Puts back marks that are no longer as they were, of packages that are still there. */
  void restore(Marks marks) throws IOException;

  /** Tries an installation of exact versions without doing it. */
  Simulation simulateInstall(Collection<PackageVersion> versions) throws IOException;

  /**
   * Fetches package files, each checked against the archive's signed index. What cannot be had is
   * left out.
   *
   * @param folder where to put them
   */
  List<FetchedPackage> fetch(Collection<PackageVersion> versions, Path folder) throws IOException;

  /**
   * Installs exact versions, removing nothing but what they replace, keeping configuration files as
   * they are.
   *
   * @param fetched a folder with their package files, as {@link #fetch} left them
   * @return whether it was killed before its end
   */
  boolean install(
      Collection<PackageVersion> versions, Path fetched, Path log, ChangeListener listener)
      throws IOException;

  /**
   * What the package manager said of packages that it could not change.
   *
   * @param log of {@link #install}, {@link #putBack} and {@link #finish}
   * @return the newest complaint by package name
   */
  Map<String, Complaint> complaints(Path log) throws IOException;

  /** Tries {@link #putBack} without doing it. */
  Simulation simulatePutBack(Collection<Path> files, Collection<PackageId> leaving)
      throws IOException;

  /**
   * Installs versions, older ones too, from their package files, all at once, removing nothing.
   *
   * @param leaving packages that are removed right after: what they need, and that they took the
   *     place of what comes back, need not stand against it
   * @return whether it was killed before its end
   */
  boolean putBack(
      Collection<Path> files, Collection<PackageId> leaving, Path log, ChangeListener listener)
      throws IOException;

  /**
   * Takes packages out of the middle where {@link #putBack} and {@link #remove} cannot: without
   * planning, by the tool that they themselves use.
   *
   * @param files package files to install, in an order that suits what they need
   * @param going packages to remove, their configuration files too
   */
  void finish(Collection<Path> files, Collection<PackageId> going, Path log) throws IOException;

  /** The packages that would have to leave if these did, themselves included. */
  List<PackageId> leavingWith(Collection<PackageId> packages) throws IOException;

  /**
   * Removes packages.
   *
   * @param configuration whether their configuration files go too
   * @return whether it was killed before its end
   */
  boolean remove(Collection<PackageId> packages, boolean configuration, Path log)
      throws IOException;

  /** Holds exactly these versions away from this host; what was held away before no longer is. */
  void holdBack(List<PackageVersion> versions) throws IOException;
}

package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.program.Finish;
import dev.fleetmend.node.vault.Digests;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fetches package files from the repositories, or takes them from the package manager's own cache.
 * Each is held against the digest in the repository's metadata and, where the repository's packages
 * must be signed, against the keys of this host.
 */
public final class RpmFetch {
  private final OfferedPackages offered;
  private final Source source;
  private final RpmFiles files;

  /** Of this host. */
  public RpmFetch(OfferedPackages offered, Source source, RpmFiles files) {
    this.offered = offered;
    this.source = source;
    this.files = files;
  }

  /** Where package files come from. */
  public interface Source {
    /** What says which packages must be signed, and by which keys. */
    RepositoryDefinitions definitions() throws IOException;

    /** A package file that the package manager has kept. */
    Optional<Path> kept(AvailablePackage one) throws IOException;

    /**
     * Starts to download package files.
     *
     * @param folder where to put them, by the names that they have in the repository
     * @param log where to write what goes wrong
     */
    Process download(List<AvailablePackage> packages, Path folder, Path log) throws IOException;
  }

  /** As the same method of the package manager. */
  public List<FetchedPackage> fetch(Collection<PackageVersion> versions, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    List<AvailablePackage> wanted = offered(versions);
    List<AvailablePackage> missing = new ArrayList<>();
    for (AvailablePackage one : wanted) {
      Path file = folder.resolve(one.file());
      Optional<Path> kept = source.kept(one);
      if (!Files.exists(file) && kept.isPresent()) {
        Files.copy(kept.get(), file, StandardCopyOption.REPLACE_EXISTING);
      }
      if (!isWhole(file, one)) {
        Files.deleteIfExists(file);
        missing.add(one);
      }
    }
    download(missing, folder);
    List<FetchedPackage> fetched = new ArrayList<>();
    for (AvailablePackage one : wanted) {
      Path file = folder.resolve(one.file());
      if (isWhole(file, one) && !isTrusted(file, one)) {
        note(one.file() + " bears no signature of a key that this host knows", folder);
      } else if (isWhole(file, one)) {
        fetched.add(new FetchedPackage(one.exact(), file, Digests.sha256(file)));
      } else if (Files.exists(file) && Files.size(file) > 0) {
        note(one.file() + " is not what the package lists say: its digest is another", folder);
      }
    }
    return fetched;
  }

  /**
   * The sizes of those that a repository offers; what the package manager has kept is not
   * downloaded.
   */
  public Map<PackageVersion, PackageSize> sizes(Collection<PackageVersion> versions)
      throws IOException {
    Map<PackageVersion, PackageSize> sizes = new HashMap<>();
    for (AvailablePackage one : offered(versions)) {
      boolean kept = source.kept(one).isPresent();
      sizes.put(one.exact(), new PackageSize(one.downloadBytes(), kept, one.installedBytes()));
    }
    return sizes;
  }

  private List<AvailablePackage> offered(Collection<PackageVersion> versions) throws IOException {
    if (versions.isEmpty()) {
      return List.of();
    }
    RepositoryIndex index =
        offered.of(versions.stream().map(PackageVersion::name).collect(Collectors.toSet()));
    return versions.stream().distinct().map(index::find).flatMap(Optional::stream).toList();
  }

  /** All at once; where that fails, one by one, so that one that is gone does not take the rest. */
  private void download(List<AvailablePackage> packages, Path folder) throws IOException {
    if (packages.isEmpty() || downloaded(packages, folder) || packages.size() == 1) {
      return;
    }
    for (AvailablePackage one : packages) {
      downloaded(List.of(one), folder);
    }
  }

  private boolean downloaded(List<AvailablePackage> packages, Path folder) throws IOException {
    Path log = folder.resolve(PackageManager.FETCH_LOG);
    return Finish.of(source.download(packages, folder, log)) == 0;
  }

  /** As apt words what goes wrong. */
  private static void note(String trouble, Path folder) throws IOException {
    Files.write(
        folder.resolve(PackageManager.FETCH_LOG),
        ("E: " + trouble + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static boolean isWhole(Path file, AvailablePackage one) throws IOException {
    return Files.isRegularFile(file)
        && Digests.of(one.checksumType(), file).filter(one.checksum()::equals).isPresent();
  }

  /** A key that the repository's definition names on this host is one to be trusted. */
  private boolean isTrusted(Path file, AvailablePackage one) throws IOException {
    if (isSigned(file)) {
      return true;
    }
    RepositoryDefinitions definitions = source.definitions();
    if (!definitions.wantsSignatures(one.repository())) {
      return true;
    }
    for (Path key : definitions.keys(one.repository())) {
      files.importKeys(key);
    }
    return isSigned(file);
  }

  private boolean isSigned(Path file) throws IOException {
    return files.signed(List.of(file)).getOrDefault(file, false);
  }
}

package dev.fleetmend.node.dnf;

import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.program.Finish;
import dev.fleetmend.node.rpm.AvailablePackage;
import dev.fleetmend.node.rpm.RepositoryIndex;
import dev.fleetmend.node.rpm.RpmFiles;
import dev.fleetmend.node.rpm.RpmNames;
import dev.fleetmend.node.vault.Digests;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fetches package files from the repositories, or takes them from dnf's own cache. Each is held
 * against the digest in the repository's metadata and, where the repository's packages must be
 * signed, against the keys of this host.
 */
final class DnfFetch {
  private final DnfCommands commands;
  private final DnfIndex offered;
  private final Path cache;
  private final RpmFiles files;

  DnfFetch(DnfCommands commands, DnfIndex offered, Path cache, RpmFiles files) {
    this.commands = commands;
    this.offered = offered;
    this.cache = cache;
    this.files = files;
  }

  List<FetchedPackage> fetch(Collection<PackageVersion> versions, Path folder) throws IOException {
    Files.createDirectories(folder);
    DnfConfiguration configuration = DnfConfiguration.read(cache);
    List<AvailablePackage> wanted = offered(versions);
    List<AvailablePackage> missing = new ArrayList<>();
    for (AvailablePackage one : wanted) {
      Path file = folder.resolve(one.file());
      Optional<Path> kept = configuration.cached(one.repository(), one.file());
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
      if (isWhole(file, one) && isTrusted(file, one, configuration)) {
        fetched.add(new FetchedPackage(one.exact(), file, Digests.sha256(file)));
      }
    }
    return fetched;
  }

  /** The sizes of those that a repository offers; what lies in dnf's cache is not downloaded. */
  Map<PackageVersion, PackageSize> sizes(Collection<PackageVersion> versions) throws IOException {
    DnfConfiguration configuration = DnfConfiguration.read(cache);
    Map<PackageVersion, PackageSize> sizes = new HashMap<>();
    for (AvailablePackage one : offered(versions)) {
      boolean kept = configuration.cached(one.repository(), one.file()).isPresent();
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
    List<String> exact = packages.stream().map(one -> RpmNames.exact(one.exact())).toList();
    Path log = folder.resolve("download.log");
    return Finish.of(commands.download(exact, folder, log)) == 0;
  }

  private static boolean isWhole(Path file, AvailablePackage one) throws IOException {
    return Files.isRegularFile(file)
        && Digests.of(one.checksumType(), file).filter(one.checksum()::equals).isPresent();
  }

  /** A key that the repository's definition names on this host is one to be trusted. */
  private boolean isTrusted(Path file, AvailablePackage one, DnfConfiguration configuration)
      throws IOException {
    if (isSigned(file)) {
      return true;
    }
    if (!configuration.wantsSignatures(one.repository())) {
      return true;
    }
    for (Path key : configuration.keys(one.repository())) {
      files.importKeys(key);
    }
    return isSigned(file);
  }

  private boolean isSigned(Path file) throws IOException {
    return files.signed(List.of(file)).getOrDefault(file, false);
  }
}

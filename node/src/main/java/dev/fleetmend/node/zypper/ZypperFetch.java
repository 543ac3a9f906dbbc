package dev.fleetmend.node.zypper;

import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.AvailablePackage;
import dev.fleetmend.node.rpm.RepositoryIndex;
import dev.fleetmend.node.rpm.RpmNames;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fetches package files from the repositories, and holds each against the SHA-256 in the
 * repositories' metadata.
 */
final class ZypperFetch {
  private static final String SHA256 = "sha256";

  private final ZypperCommands commands;
  private final ZypperIndex index;

  ZypperFetch(ZypperCommands commands, ZypperIndex index) {
    this.commands = commands;
    this.index = index;
  }

  /** A package file's place in a folder of fetched ones. */
  static Path place(Path folder, PackageVersion version) {
    return folder.resolve(RpmNames.exact(version).replace(":", "%3a") + ".rpm");
  }

  List<FetchedPackage> fetch(Collection<PackageVersion> versions, Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<PackageVersion, String> digests = new HashMap<>();
    offered(versions)
        .forEach(
            (version, one) -> {
              if (one.checksumType().equals(SHA256)) {
                digests.put(version, one.checksum());
              }
            });
    List<PackageVersion> missing = new ArrayList<>();
    for (PackageVersion version : digests.keySet()) {
      if (!isThere(version, digests.get(version), folder)) {
        missing.add(version);
      }
    }
    download(missing, digests, folder);
    List<FetchedPackage> fetched = new ArrayList<>();
    for (Map.Entry<PackageVersion, String> one : digests.entrySet()) {
      if (isThere(one.getKey(), one.getValue(), folder)) {
        fetched.add(new FetchedPackage(one.getKey(), place(folder, one.getKey()), one.getValue()));
      }
    }
    return fetched;
  }

  /** The sizes of those that a repository offers. */
  Map<PackageVersion, PackageSize> sizes(Collection<PackageVersion> versions) throws IOException {
    Map<PackageVersion, PackageSize> sizes = new HashMap<>();
    offered(versions)
        .forEach(
            (version, one) ->
                sizes.put(
                    version, new PackageSize(one.downloadBytes(), false, one.installedBytes())));
    return sizes;
  }

  private Map<PackageVersion, AvailablePackage> offered(Collection<PackageVersion> versions)
      throws IOException {
    Set<String> names = versions.stream().map(PackageVersion::name).collect(Collectors.toSet());
    Map<PackageVersion, AvailablePackage> offered = new HashMap<>();
    if (!names.isEmpty()) {
      RepositoryIndex known = index.of(names);
      for (PackageVersion version : versions) {
        known.find(version).ifPresent(one -> offered.put(version, one));
      }
    }
    return offered;
  }

  /** All at once; what does not come so one by one, so that one that is gone takes no other. */
  private void download(
      List<PackageVersion> versions, Map<PackageVersion, String> digests, Path folder)
      throws IOException {
    if (versions.isEmpty()) {
      return;
    }
    Path cache = Files.createDirectories(folder.resolve("download"));
    download(versions, cache);
    takeOver(cache, digests, folder);
    for (PackageVersion version : versions) {
      if (versions.size() > 1 && !isThere(version, digests.getOrDefault(version, ""), folder)) {
        download(List.of(version), cache);
        takeOver(cache, digests, folder);
      }
    }
    delete(cache);
  }

  private void download(List<PackageVersion> versions, Path cache) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("download"));
    versions.forEach(
        version -> arguments.add(RpmNames.of(PackageId.of(version)) + "=" + version.version()));
    ProgramResult result =
        commands.run(
            List.of("--no-refresh", "--pkg-cache-dir", cache.toAbsolutePath().toString()),
            arguments);
    StringBuilder troubles = new StringBuilder();
    for (String error : ZypperAnswer.parse(result.output()).errors()) {
      troubles.append("E: ").append(error.replace('\n', ' ')).append('\n');
    }
    Files.write(
        cache.resolveSibling(PackageManager.FETCH_LOG),
        troubles.toString().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** By content, for a repository may name its files as it likes. */
  private static void takeOver(Path cache, Map<PackageVersion, String> digests, Path folder)
      throws IOException {
    for (Path file : files(cache)) {
      String digest = Digests.sha256(file);
      Optional<PackageVersion> version =
          digests.entrySet().stream()
              .filter(one -> one.getValue().equals(digest))
              .map(Map.Entry::getKey)
              .findFirst();
      if (version.isPresent()) {
        Files.move(file, place(folder, version.get()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path one : found.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(one);
      }
    }
  }

  private static boolean isThere(PackageVersion version, String digest, Path folder)
      throws IOException {
    Path file = place(folder, version);
    return Files.exists(file) && Digests.sha256(file).equals(digest);
  }
}

package dev.fleetmend.node.yum;

import dev.fleetmend.node.rpm.IniFile;
import dev.fleetmend.node.rpm.Repository;
import dev.fleetmend.node.rpm.RepositoryDefinitions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What yum is told about repositories, and where our cache has their metadata. */
final class YumConfiguration {
  private static final Path MAIN = Path.of("/etc/yum.conf");
  private static final List<Path> FOLDERS =
      List.of(Path.of("/etc/yum.repos.d"), Path.of("/etc/yum/repos.d"));
  private static final Path PRIORITIES = Path.of("/etc/yum/pluginconf.d/priorities.conf");

  /** What yum keeps of packages that it downloaded, by processor and release. */
  private static final Path PACKAGES = Path.of("/var/cache/yum");

  private static final int DEFAULT_PRIORITY = 99;
  private static final String REPOMD = "repomd.xml";
  private static final String COOKIE = "cachecookie";

  private final Path cache;
  private final RepositoryDefinitions definitions;
  private final boolean priorities;

  private YumConfiguration(Path cache, RepositoryDefinitions definitions, boolean priorities) {
    this.cache = cache;
    this.definitions = definitions;
    this.priorities = priorities;
  }

  /**
   * Reads the host's.
   *
   * @param cache the folder in which yum keeps metadata for us
   */
  static YumConfiguration read(Path cache) throws IOException {
    Map<String, String> plugin = IniFile.read(PRIORITIES).getOrDefault("main", Map.of());
    return new YumConfiguration(
        cache,
        RepositoryDefinitions.read(MAIN, FOLDERS),
        RepositoryDefinitions.isTrue(plugin.getOrDefault("enabled", "0")));
  }

  /** The repositories as they are defined. */
  RepositoryDefinitions definitions() {
    return definitions;
  }

  /** The enabled repositories whose metadata are there. */
  List<Repository> repositories() {
    List<Repository> found = new ArrayList<>();
    for (String id : definitions.ids()) {
      Path folder = cache.resolve(id);
      if (Files.isRegularFile(folder.resolve(REPOMD))) {
        int priority = priorities ? definitions.priority(id, DEFAULT_PRIORITY) : DEFAULT_PRIORITY;
        found.add(new Repository(id, folder, priority));
      }
    }
    return found;
  }

  /** The file whose time says when a repository was last reached. */
  Path cookie(String repository) {
    return cache.resolve(repository).resolve(COOKIE);
  }

  /** The files that say what the repositories offer; other files, other offers. */
  List<Path> decisive() throws IOException {
    List<Path> files = new ArrayList<>(FOLDERS);
    files.add(MAIN);
    files.add(PRIORITIES);
    for (Repository one : repositories()) {
      try (DirectoryStream<Path> metadata = Files.newDirectoryStream(one.repodata(), "*.xml*")) {
        metadata.forEach(files::add);
      }
    }
    return files.stream().sorted().toList();
  }

  /** A package file that yum has kept. */
  static Optional<Path> kept(String repository, String file) throws IOException {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> processors =
        Files.newDirectoryStream(PACKAGES, Files::isDirectory)) {
      for (Path processor : processors) {
        try (DirectoryStream<Path> releases =
            Files.newDirectoryStream(processor, Files::isDirectory)) {
          for (Path release : releases) {
            Path kept = release.resolve(repository).resolve("packages").resolve(file);
            if (Files.isReadable(kept)) {
              return Optional.of(kept);
            }
          }
        }
      }
    }
    return Optional.empty();
  }
}

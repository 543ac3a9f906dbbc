package dev.fleetmend.node.dnf;

import dev.fleetmend.node.rpm.Repository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What dnf is told about repositories, and where its cache has their metadata. */
final class DnfConfiguration {
  static final Path MAIN = Path.of("/etc/dnf/dnf.conf");
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/etc/yum.repos.d"), Path.of("/etc/yum/repos.d"), Path.of("/etc/distro.repos.d"));
  private static final List<Path> ALSO = List.of(MAIN, Path.of("/etc/dnf/modules.d"));
  private static final Set<String> TRUE = Set.of("1", "yes", "true", "on", "enabled");
  private static final int DEFAULT_PRIORITY = 99;

  private final Path cache;
  private final Map<String, String> main;
  private final Map<String, Map<String, String>> repositories;

  private DnfConfiguration(
      Path cache, Map<String, String> main, Map<String, Map<String, String>> repositories) {
    this.cache = cache;
    this.main = main;
    this.repositories = repositories;
  }

  /**
   * Reads the host's.
   *
   * @param cache dnf's cache folder
   */
  static DnfConfiguration read(Path cache) throws IOException {
    Map<String, Map<String, String>> repositories = new LinkedHashMap<>();
    for (Path file : repositoryFiles()) {
      IniFile.read(file)
          .forEach(
              (id, values) -> {
                if (TRUE.contains(values.getOrDefault("enabled", "1").toLowerCase(Locale.ROOT))) {
                  repositories.put(id, values);
                }
              });
    }
    Map<String, String> main = IniFile.read(MAIN).getOrDefault("main", Map.of());
    return new DnfConfiguration(cache, main, repositories);
  }

  private static List<Path> repositoryFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : FOLDERS) {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.repo")) {
          entries.forEach(files::add);
        }
      }
    }
    Collections.sort(files);
    return files;
  }

  /** The enabled repositories whose metadata are there. */
  List<Repository> repositories() throws IOException {
    List<Repository> found = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> one : repositories.entrySet()) {
      Optional<Path> repodata = repodata(one.getKey());
      if (repodata.isPresent()) {
        String priority = one.getValue().getOrDefault("priority", "");
        found.add(
            new Repository(
                one.getKey(),
                repodata.get(),
                priority.matches("\\d{1,6}") ? Integer.parseInt(priority) : DEFAULT_PRIORITY));
      }
    }
    return found;
  }

  /** How many repositories are enabled. */
  int enabled() {
    return repositories.size();
  }

  /** The files that say what the repositories offer; other files, other offers. */
  List<Path> decisive() throws IOException {
    List<Path> files = new ArrayList<>(ALSO);
    files.addAll(FOLDERS);
    repositories().forEach(one -> files.add(one.repodata()));
    return files;
  }

  /** Patterns of packages that dnf is told to overlook. */
  List<String> excludes() {
    List<String> excludes = new ArrayList<>();
    for (String key : List.of("excludepkgs", "exclude")) {
      excludes.addAll(words(main.getOrDefault(key, "")));
      repositories.values().forEach(one -> excludes.addAll(words(one.getOrDefault(key, ""))));
    }
    return excludes;
  }

  /** Whether packages of a repository must be signed. */
  boolean wantsSignatures(String repository) {
    String all = main.getOrDefault("gpgcheck", "1");
    String own = repositories.getOrDefault(repository, Map.of()).getOrDefault("gpgcheck", all);
    return TRUE.contains(own.toLowerCase(Locale.ROOT));
  }

  /** The files of a repository's keys that are on this host. */
  List<Path> keys(String repository) {
    return words(repositories.getOrDefault(repository, Map.of()).getOrDefault("gpgkey", ""))
        .stream()
        .filter(key -> key.startsWith("file:///"))
        .map(key -> Path.of(key.substring("file://".length())))
        .filter(Files::isRegularFile)
        .toList();
  }

  /** A package file that dnf has kept. */
  Optional<Path> cached(String repository, String file) throws IOException {
    Optional<Path> repodata = repodata(repository);
    return repodata
        .map(folder -> folder.resolveSibling("packages").resolve(file))
        .filter(Files::isReadable);
  }

  /** dnf calls the folder by the repository's id and a digest of its address. */
  private Optional<Path> repodata(String id) throws IOException {
    if (!Files.isDirectory(cache)) {
      return Optional.empty();
    }
    Path newest = null;
    FileTime time = FileTime.fromMillis(0);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(cache)) {
      for (Path folder : folders) {
        Path repomd = folder.resolve("repodata/repomd.xml");
        String name = folder.getFileName().toString();
        if (name.startsWith(id + "-")
            && name.substring(id.length() + 1).matches("[0-9a-f]{16}")
            && Files.isRegularFile(repomd)
            && Files.getLastModifiedTime(repomd).compareTo(time) > 0) {
          newest = repomd.getParent();
          time = Files.getLastModifiedTime(repomd);
        }
      }
    }
    return Optional.ofNullable(newest);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s,]+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}

package dev.fleetmend.node.dnf;

import dev.fleetmend.node.rpm.Repository;
import dev.fleetmend.node.rpm.RepositoryDefinitions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What dnf is told about repositories, and where its cache has their metadata. */
final class DnfConfiguration {
  static final Path MAIN = Path.of("/etc/dnf/dnf.conf");
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/etc/yum.repos.d"),
          Path.of("/etc/yum/repos.d"),
          Path.of("/etc/distro.repos.d"),
          Path.of("/usr/share/dnf5/repos.d"));

  /** Those of dnf 5, which a host with dnf 4 does not have. */
  private static final List<Path> DROP_INS =
      List.of(Path.of("/usr/share/dnf5/libdnf.conf.d"), Path.of("/etc/dnf/libdnf5.conf.d"));

  private static final List<Path> OVERRIDES =
      List.of(Path.of("/usr/share/dnf5/repos.override.d"), Path.of("/etc/dnf/repos.override.d"));
  private static final int DEFAULT_PRIORITY = 99;

  private final DnfPlaces places;
  private final RepositoryDefinitions definitions;

  private DnfConfiguration(DnfPlaces places, RepositoryDefinitions definitions) {
    this.places = places;
    this.definitions = definitions;
  }

  /** Reads the host's. */
  static DnfConfiguration read(DnfPlaces places) throws IOException {
    RepositoryDefinitions definitions =
        places.generation() == DnfGeneration.FIVE
            ? RepositoryDefinitions.read(MAIN, DROP_INS, FOLDERS, OVERRIDES)
            : RepositoryDefinitions.read(MAIN, FOLDERS);
    return new DnfConfiguration(places, definitions);
  }

  /** The enabled repositories whose metadata are there. */
  List<Repository> repositories() throws IOException {
    List<Repository> found = new ArrayList<>();
    for (String id : definitions.ids()) {
      Optional<Path> repodata = repodata(id);
      if (repodata.isPresent()) {
        int priority = definitions.priority(id, DEFAULT_PRIORITY);
        found.add(new Repository(id, repodata.get(), priority));
      }
    }
    return found;
  }

  /** How many repositories are enabled. */
  int enabled() {
    return definitions.ids().size();
  }

  /** The files that say what the repositories offer; other files, other offers. */
  List<Path> decisive() throws IOException {
    List<Path> files = new ArrayList<>(List.of(MAIN, places.generation().modules()));
    files.addAll(FOLDERS);
    if (places.generation() == DnfGeneration.FIVE) {
      files.addAll(DROP_INS);
      files.addAll(OVERRIDES);
    }
    repositories().forEach(one -> files.add(one.repodata()));
    return files;
  }

  /** The repositories as they are defined. */
  RepositoryDefinitions definitions() {
    return definitions;
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
    if (!Files.isDirectory(places.cache())) {
      return Optional.empty();
    }
    Path newest = null;
    FileTime time = FileTime.fromMillis(0);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(places.cache())) {
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
}

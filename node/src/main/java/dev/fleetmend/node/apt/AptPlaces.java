package dev.fleetmend.node.apt;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where apt keeps things: in the system's folders, or, on a node that may only look, its package
 * lists and caches in folders of our own.
 *
 * @param lists the folder of the downloaded package lists
 * @param archives the folder of downloaded package files
 * @param options that tell apt so
 */
record AptPlaces(Path lists, Path archives, List<String> options) {
  private static final Path SYSTEM_LISTS = Path.of("/var/lib/apt/lists");
  private static final Path SYSTEM_ARCHIVES = Path.of("/var/cache/apt/archives");

  AptPlaces {
    options = List.copyOf(options);
  }

  static AptPlaces ofSystem() {
    return new AptPlaces(SYSTEM_LISTS, SYSTEM_ARCHIVES, List.of());
  }

  /**
   * Folders of our own; installed packages, sources, pins and keys stay the system's.
   *
   * @throws IOException when they cannot be made
   */
  static AptPlaces apart(Path folder) throws IOException {
    Path lists = folder.resolve("state/lists");
    Path archives = folder.resolve("cache/archives");
    Files.createDirectories(lists.resolve("partial"));
    Files.createDirectories(archives.resolve("partial"));
    startFromSystemLists(lists);
    return new AptPlaces(
        lists,
        SYSTEM_ARCHIVES,
        List.of(
            "-o", "Dir::State=" + folder.resolve("state"),
            "-o", "Dir::State::status=/var/lib/dpkg/status",
            "-o", "Dir::State::extended_states=/var/lib/apt/extended_states",
            "-o", "Dir::Cache=" + folder.resolve("cache"),
            "-o", "APT::Sandbox::User=root"));
  }

  /** So that there is something to say before, and without, a first refresh. */
  private static void startFromSystemLists(Path lists) throws IOException {
    try (DirectoryStream<Path> ours = Files.newDirectoryStream(lists, "*_dists_*")) {
      if (ours.iterator().hasNext() || !Files.isDirectory(SYSTEM_LISTS)) {
        return;
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(SYSTEM_LISTS, "*_dists_*")) {
      for (Path file : files) {
        if (Files.isReadable(file)) {
          Files.copy(
              file,
              lists.resolve(file.getFileName()),
              StandardCopyOption.COPY_ATTRIBUTES,
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Files.setLastModifiedTime(lists, Files.getLastModifiedTime(SYSTEM_LISTS));
  }
}

package dev.fleetmend.node.apt;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tells whether files changed, by name, size, time and identity, without reading them. */
final class Fingerprint {
  private static final List<Path> CONFIGURATION =
      List.of(
          Path.of("/etc/apt/sources.list"),
          Path.of("/etc/apt/sources.list.d"),
          Path.of("/etc/apt/preferences"),
          Path.of("/etc/apt/preferences.d"),
          Path.of("/etc/apt/apt.conf"),
          Path.of("/etc/apt/apt.conf.d"));
  private static final Path STATUS = Path.of("/var/lib/dpkg/status");
  private static final Path PENDING = Path.of("/var/lib/dpkg/updates");

  private Fingerprint() {}

  /** Of the package lists, and of what says which there are and what apt makes of them. */
  static String ofLists(AptPlaces places) throws IOException {
    List<String> seen = new ArrayList<>();
    for (Path path : CONFIGURATION) {
      add(seen, path);
    }
    add(seen, places.lists());
    return String.join("\n", seen);
  }

  /** Of dpkg's database. */
  static String ofInstalled() throws IOException {
    List<String> seen = new ArrayList<>();
    add(seen, STATUS);
    add(seen, PENDING);
    return String.join("\n", seen);
  }

  private static void add(List<String> seen, Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      addFile(seen, path);
      return;
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      entries.forEach(files::add);
    }
    Collections.sort(files);
    for (Path file : files) {
      addFile(seen, file);
    }
  }

  private static void addFile(List<String> seen, Path file) throws IOException {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      if (is.isRegularFile()) {
        seen.add(file + " " + is.size() + " " + is.lastModifiedTime() + " " + is.fileKey());
      }
    } catch (NoSuchFileException e) {
      seen.add(file + " absent");
    }
  }
}

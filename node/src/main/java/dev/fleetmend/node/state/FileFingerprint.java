package dev.fleetmend.node.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Tells whether files changed, by name, size, times and identity, without reading them. Who sets
 * the time of modification back is betrayed by the time of the last change of status, which nobody
 * can set.
 */
public final class FileFingerprint {
  private FileFingerprint() {}

  /** Of files, and of the files in folders; what is missing counts as such. */
  public static String of(Collection<Path> paths) throws IOException {
    List<String> seen = new ArrayList<>();
    for (Path path : paths) {
      add(seen, path);
    }
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
        Object changed = Files.getAttribute(file, "unix:ctime");
        seen.add(
            String.join(
                " ",
                file.toString(),
                Long.toString(is.size()),
                is.lastModifiedTime().toString(),
                String.valueOf(changed),
                String.valueOf(is.fileKey())));
      }
    } catch (NoSuchFileException e) {
      seen.add(file + " absent");
    }
  }
}

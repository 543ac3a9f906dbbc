package dev.fleetmend.node.rpm;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an rpm that was killed while it unpacked leaves for ever: rpm writes each file beside its
 * place first, with a semicolon and eight hexadecimal digits behind its name.
 */
final class Leftovers {
  private static final Pattern BESIDE = Pattern.compile("(.+);[0-9a-f]{8}");

  private Leftovers() {}

  /**
   * Removes them, while no rpm works.
   *
   * @param files the paths of packages' files, folders among them
   */
  static void remove(Collection<Path> files) throws IOException {
    Map<Path, Set<String>> byFolder = new HashMap<>();
    for (Path file : files) {
      Path folder = file.getParent();
      if (folder != null) {
        byFolder
            .computeIfAbsent(folder, one -> new HashSet<>())
            .add(String.valueOf(file.getFileName()));
      }
    }
    for (Map.Entry<Path, Set<String>> one : byFolder.entrySet()) {
      if (Files.isDirectory(one.getKey())) {
        remove(one.getKey(), one.getValue());
      }
    }
  }

  private static void remove(Path folder, Set<String> names) throws IOException {
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(folder, "*;*")) {
      for (Path file : beside) {
        Matcher name = BESIDE.matcher(String.valueOf(file.getFileName()));
        if (name.matches()
            && names.contains(name.group(1))
            && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}

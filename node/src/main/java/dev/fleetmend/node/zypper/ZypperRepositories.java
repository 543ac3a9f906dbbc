package dev.fleetmend.node.zypper;

import dev.fleetmend.node.rpm.Repository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The repositories of {@code /etc/zypp/repos.d}. */
final class ZypperRepositories {
  private static final int USUAL_PRIORITY = 99;

  private final Path folder;
  private final Path raw;

  ZypperRepositories(Path folder, Path raw) {
    this.folder = folder;
    this.raw = raw;
  }

  /** Those that are enabled and whose lists are here. */
  List<Repository> withLists() throws IOException {
    return enabled().stream().filter(one -> Files.exists(index(one))).toList();
  }

  private List<Repository> enabled() throws IOException {
    List<Repository> repositories = new ArrayList<>();
    for (Path file : files()) {
      String alias = "";
      int priority = USUAL_PRIORITY;
      boolean enabled = true;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          add(repositories, alias, priority, enabled);
          alias = text.substring(1, text.length() - 1);
          priority = USUAL_PRIORITY;
          enabled = true;
        } else if (text.startsWith("enabled=")) {
          enabled = !text.substring("enabled=".length()).strip().matches("0|no|false|off");
        } else if (text.matches("priority=\\d{1,6}")) {
          priority = Integer.parseInt(text.substring("priority=".length()));
        }
      }
      add(repositories, alias, priority, enabled);
    }
    return repositories;
  }

  /** Changes where a repository or its lists do. */
  String fingerprint() throws IOException {
    StringBuilder seen = new StringBuilder();
    for (Path file : files()) {
      seen.append(look(file));
    }
    for (Repository one : enabled()) {
      seen.append(look(index(one)));
    }
    return seen.toString();
  }

  /** Whether every enabled one's lists are here. */
  boolean haveLists() throws IOException {
    return enabled().stream().allMatch(one -> Files.exists(index(one)));
  }

  /** When the oldest list last changed, epoch seconds; 0 where there is none. */
  long oldestListAt() throws IOException {
    long oldest = Long.MAX_VALUE;
    for (Repository one : withLists()) {
      oldest = Math.min(oldest, modified(index(one)));
    }
    return oldest == Long.MAX_VALUE ? 0 : oldest;
  }

  private void add(List<Repository> all, String alias, int priority, boolean enabled) {
    if (enabled && !alias.isEmpty() && !alias.contains("/") && !alias.startsWith(".")) {
      all.add(new Repository(alias, raw.resolve(alias).resolve("repodata"), priority));
    }
  }

  private static Path index(Repository one) {
    return one.repodata().resolve("repomd.xml");
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.repo")) {
        entries.forEach(files::add);
      }
    }
    Collections.sort(files);
    return files;
  }

  private static String look(Path file) throws IOException {
    return Files.exists(file)
        ? file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n"
        : file + " absent\n";
  }

  private static long modified(Path path) throws IOException {
    return Files.getLastModifiedTime(path).toMillis() / 1000;
  }
}

package dev.fleetmend.node.rpm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The enabled repositories as the configuration of yum or dnf defines them. */
public final class RepositoryDefinitions {
  private static final String MAIN = "main";
  private static final Set<String> TRUE = Set.of("1", "yes", "true", "on", "enabled");

  private final Map<String, String> main;
  private final Map<String, Map<String, String>> repositories;

  private RepositoryDefinitions(
      Map<String, String> main, Map<String, Map<String, String>> repositories) {
    this.main = main;
    this.repositories = repositories;
  }

  /**
   * Reads them.
   *
   * @param main the main configuration file, which may define repositories too
   * @param folders those of the {@code .repo} files
   */
  public static RepositoryDefinitions read(Path main, Collection<Path> folders) throws IOException {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>(IniFile.read(main));
    Map<String, String> settings = sections.getOrDefault(MAIN, Map.of());
    sections.remove(MAIN);
    for (Path file : files(folders)) {
      sections.putAll(IniFile.read(file));
    }
    sections.values().removeIf(values -> !isTrue(values.getOrDefault("enabled", "1")));
    return new RepositoryDefinitions(settings, sections);
  }

  private static List<Path> files(Collection<Path> folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.repo")) {
          entries.forEach(files::add);
        }
      }
    }
    Collections.sort(files);
    return files;
  }

  /** Their ids. */
  public Set<String> ids() {
    return Collections.unmodifiableSet(repositories.keySet());
  }

  /** A repository's priority, the lowest number first, or what it is where none is defined. */
  public int priority(String repository, int otherwise) {
    String priority = repositories.getOrDefault(repository, Map.of()).getOrDefault("priority", "");
    return priority.matches("\\d{1,6}") ? Integer.parseInt(priority) : otherwise;
  }

  /** Patterns of packages that are to be overlooked. */
  public List<String> excludes() {
    List<String> excludes = new ArrayList<>();
    for (String key : List.of("excludepkgs", "exclude")) {
      excludes.addAll(words(main.getOrDefault(key, "")));
      repositories.values().forEach(one -> excludes.addAll(words(one.getOrDefault(key, ""))));
    }
    return excludes;
  }

  /** Whether packages of a repository must be signed. */
  public boolean wantsSignatures(String repository) {
    String all = main.getOrDefault("gpgcheck", "1");
    return isTrue(repositories.getOrDefault(repository, Map.of()).getOrDefault("gpgcheck", all));
  }

  /** The files of a repository's keys that are on this host. */
  public List<Path> keys(String repository) {
    return words(repositories.getOrDefault(repository, Map.of()).getOrDefault("gpgkey", ""))
        .stream()
        .filter(key -> key.startsWith("file:///"))
        .map(key -> Path.of(key.substring("file://".length())))
        .filter(Files::isRegularFile)
        .toList();
  }

  private static boolean isTrue(String text) {
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s,]+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}

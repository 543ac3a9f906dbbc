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
import java.util.stream.Stream;

/** The enabled repositories as the configuration of yum or dnf defines them. */
public final class RepositoryDefinitions {
  private static final String MAIN = "main";
  private static final List<String> EXCLUDES = List.of("excludepkgs", "exclude");

  /** The word of yum and dnf 4, and that of dnf 5, which reads the other too. */
  private static final List<String> SIGNED = List.of("pkg_gpgcheck", "gpgcheck");

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
    return read(main, List.of(), folders, List.of());
  }

  /**
   * Reads them as dnf 5 does.
   *
   * @param dropIns folders of {@code .conf} files that come before the main configuration file
   * @param overrides folders of {@code .repo} files that change repositories, which their sections
   *     name by id or by a pattern
   */
  public static RepositoryDefinitions read(
      Path main, Collection<Path> dropIns, Collection<Path> folders, Collection<Path> overrides)
      throws IOException {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>(IniFile.read(main));
    Map<String, String> settings = new LinkedHashMap<>();
    for (Path file : files(dropIns, "*.conf")) {
      add(settings, IniFile.read(file).getOrDefault(MAIN, Map.of()));
    }
    add(settings, sections.getOrDefault(MAIN, Map.of()));
    sections.remove(MAIN);
    for (Path file : files(folders, "*.repo")) {
      sections.putAll(IniFile.read(file));
    }
    for (Path file : files(overrides, "*.repo")) {
      IniFile.read(file).forEach((pattern, values) -> override(sections, pattern, values));
    }
    sections.values().removeIf(values -> !isTrue(values.getOrDefault("enabled", "1")));
    return new RepositoryDefinitions(settings, sections);
  }

  /** Lists of packages are added to, all else is replaced. */
  private static void add(Map<String, String> settings, Map<String, String> more) {
    more.forEach(
        (key, value) ->
            settings.merge(
                key, value, (before, now) -> EXCLUDES.contains(key) ? before + " " + now : now));
  }

  private static void override(
      Map<String, Map<String, String>> sections, String pattern, Map<String, String> values) {
    sections.replaceAll(
        (id, before) -> {
          Map<String, String> after = new LinkedHashMap<>(before);
          if (Globs.match(pattern, id)) {
            add(after, values);
          }
          return after;
        });
  }

  private static List<Path> files(Collection<Path> folders, String names) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
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
    for (String key : EXCLUDES) {
      excludes.addAll(words(main.getOrDefault(key, "")));
      repositories.values().forEach(one -> excludes.addAll(words(one.getOrDefault(key, ""))));
    }
    return excludes;
  }

  /** Whether packages of a repository must be signed. */
  public boolean wantsSignatures(String repository) {
    return Stream.of(repositories.getOrDefault(repository, Map.of()), main)
        .flatMap(values -> SIGNED.stream().map(key -> values.getOrDefault(key, "")))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(RepositoryDefinitions::isTrue)
        .orElse(true);
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

  /** Whether a setting says yes. */
  public static boolean isTrue(String text) {
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s,]+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}

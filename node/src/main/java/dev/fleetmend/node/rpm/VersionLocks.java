package dev.fleetmend.node.rpm;

import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.version.RpmVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of the versionlock plugin of yum or dnf: packages that stay at their version, and, after
 * an exclamation mark, versions that are kept away. Our own quarantine stands between two comments.
 */
public final class VersionLocks {
  private static final String BEGIN = "# Held back by Fleetmend until released:";
  private static final String END = "# End of what Fleetmend holds back";
  private static final Pattern EPOCH_FIRST = Pattern.compile("(!?)([^:]+):(.*)-([^-]+-[^-]+)");

  private final Path list;
  private final EpochPlace epochs;

  /** Where an entry has the epoch. */
  public enum EpochPlace {
    /** {@code epoch:name-version-release.arch}, as yum has it. */
    BEFORE_NAME,
    /** {@code name-epoch:version-release.arch}, as dnf has it. */
    BEFORE_VERSION
  }

  VersionLocks(Path list, EpochPlace epochs) {
    this.list = list;
    this.epochs = epochs;
  }

  /**
   * The host's; empty where it has no such plugin.
   *
   * @param plugin the plugin's configuration, which names the list
   * @param usual the list where it does not
   */
  public static VersionLocks of(Path plugin, Path usual, EpochPlace epochs) throws IOException {
    String list =
        IniFile.read(plugin).values().stream()
            .map(values -> values.getOrDefault("locklist", ""))
            .filter(path -> path.startsWith("/"))
            .findFirst()
            .orElse("");
    return new VersionLocks(list.isEmpty() ? usual : Path.of(list), epochs);
  }

  /** What is to be left alone, by these locks and the exclude settings together. */
  public VersionHolds with(RepositoryDefinitions definitions) throws IOException {
    List<String> entries = entries();
    return new VersionHolds(
        entries.stream().filter(line -> !line.startsWith("!")).toList(),
        entries.stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList(),
        definitions.excludes());
  }

  /** Makes our part of the list say exactly this. */
  public void holdBack(Collection<PackageVersion> versions) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean ours = false;
    List<String> before = lines();
    for (String line : before) {
      ours |= line.equals(BEGIN);
      if (!ours) {
        lines.add(line);
      }
      ours &= !line.equals(END);
    }
    List<String> held =
        versions.stream().filter(RpmNames::valid).map(one -> "!" + entry(one)).sorted().toList();
    if (!held.isEmpty()) {
      lines.add(BEGIN);
      lines.addAll(held);
      lines.add(END);
    }
    if (!lines.equals(before)) {
      Files.createDirectories(list.toAbsolutePath().getParent());
      DurableFile.write(list, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private String entry(PackageVersion version) {
    RpmVersion evr = RpmVersion.parse(version.version());
    String form =
        switch (epochs) {
          case BEFORE_NAME -> "%2$s:%1$s-%3$s-%4$s.%5$s";
          case BEFORE_VERSION -> "%1$s-%2$s:%3$s-%4$s.%5$s";
        };
    return form.formatted(
        version.name(), evr.epoch(), evr.version(), evr.release(), version.arch());
  }

  /** Every entry with the epoch before the version. */
  private String alike(String entry) {
    Matcher matcher = EPOCH_FIRST.matcher(entry);
    return epochs == EpochPlace.BEFORE_NAME && matcher.matches()
        ? "%s%s-%s:%s"
            .formatted(matcher.group(1), matcher.group(3), matcher.group(2), matcher.group(4))
        : entry;
  }

  private List<String> entries() throws IOException {
    return lines().stream()
        .map(line -> line.contains("#") ? line.substring(0, line.indexOf('#')) : line)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(this::alike)
        .toList();
  }

  private List<String> lines() throws IOException {
    return Files.isRegularFile(list) ? Files.readAllLines(list) : List.of();
  }
}

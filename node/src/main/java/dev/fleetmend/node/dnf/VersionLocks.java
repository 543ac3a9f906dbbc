package dev.fleetmend.node.dnf;

import dev.fleetmend.node.rpm.RpmNames;
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

/**
 * The list of dnf's versionlock plugin: packages that stay at their version, and, after an
 * exclamation mark, versions that are kept away. Our own quarantine stands between two comments.
 */
final class VersionLocks {
  private static final Path PLUGIN = Path.of("/etc/dnf/plugins/versionlock.conf");
  private static final String BEGIN = "# Held back by Fleetmend until released:";
  private static final String END = "# End of what Fleetmend holds back";

  private final Path list;

  VersionLocks(Path list) {
    this.list = list;
  }

  /** The host's; empty where it has no such plugin. */
  static VersionLocks ofThisHost() throws IOException {
    String list =
        IniFile.read(PLUGIN).values().stream()
            .map(values -> values.getOrDefault("locklist", ""))
            .filter(path -> path.startsWith("/"))
            .findFirst()
            .orElse("");
    return new VersionLocks(Path.of(list.isEmpty() ? "/etc/dnf/plugins/versionlock.list" : list));
  }

  /** What dnf is told to leave alone, these locks and the exclude settings together. */
  DnfHolds with(DnfConfiguration configuration) throws IOException {
    List<String> entries = entries();
    return new DnfHolds(
        entries.stream().filter(line -> !line.startsWith("!")).toList(),
        entries.stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList(),
        configuration.excludes());
  }

  /** Makes our part of the list say exactly this. */
  void holdBack(Collection<PackageVersion> versions) throws IOException {
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
        versions.stream().filter(RpmNames::valid).map(one -> "!" + full(one)).sorted().toList();
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

  /** The plugin writes the epoch always. */
  static String full(PackageVersion version) {
    RpmVersion evr = RpmVersion.parse(version.version());
    return "%s-%s:%s-%s.%s"
        .formatted(version.name(), evr.epoch(), evr.version(), evr.release(), version.arch());
  }

  private List<String> entries() throws IOException {
    return lines().stream()
        .map(line -> line.contains("#") ? line.substring(0, line.indexOf('#')) : line)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private List<String> lines() throws IOException {
    return Files.isRegularFile(list) ? Files.readAllLines(list) : List.of();
  }
}

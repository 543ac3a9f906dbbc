package dev.fleetmend.node.dnf;

import dev.fleetmend.node.rpm.RpmNames;
import dev.fleetmend.node.rpm.VersionHolds;
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
import java.util.regex.Pattern;

/**
 * What dnf 5 is told to leave alone: an administrator's {@code versionlock.toml}, and a
 * configuration file of our own for what is held back. Of two entries of {@code versionlock.toml}
 * about one package either lets a version in, so that ours beside an administrator's would undo it.
 */
final class Dnf5Locks {
  private static final Path LOCKS = Path.of("/etc/dnf/versionlock.toml");
  private static final Path OWN = Path.of("/etc/dnf/libdnf5.conf.d/80-fleetmend-quarantine.conf");
  private final Path locks;
  private final Path own;

  Dnf5Locks(Path locks, Path own) {
    this.locks = locks;
    this.own = own;
  }

  static Dnf5Locks ofThisHost() {
    return new Dnf5Locks(LOCKS, OWN);
  }

  /**
   * What is to be left alone.
   *
   * @param excluded patterns of the exclude settings
   */
  VersionHolds with(List<String> excluded) throws IOException {
    VersionlockToml toml =
        VersionlockToml.parse(Files.isRegularFile(locks) ? Files.readAllLines(locks) : List.of());
    List<String> own = ownVersions();
    List<String> keptAway = new ArrayList<>(own);
    keptAway.addAll(toml.keptAway());
    return new VersionHolds(
        toml.locked().stream().map(name -> name + "-*-*").toList(),
        keptAway,
        excluded.stream().filter(one -> !own.contains(one)).toList());
  }

  /** Makes our file say exactly this. */
  void holdBack(Collection<PackageVersion> versions) throws IOException {
    List<String> held =
        versions.stream().filter(RpmNames::valid).map(Dnf5Locks::full).sorted().toList();
    if (held.equals(ownVersions())) {
      return;
    }
    if (held.isEmpty()) {
      DurableFile.delete(own);
      return;
    }
    String text =
        "# Held back by Fleetmend until released:\n[main]\nexcludepkgs="
            + String.join(",", held)
            + "\n";
    Files.createDirectories(own.toAbsolutePath().getParent());
    DurableFile.write(own, text.getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private List<String> ownVersions() throws IOException {
    if (!Files.isRegularFile(own)) {
      return List.of();
    }
    return Files.readAllLines(own).stream()
        .filter(line -> line.startsWith("excludepkgs="))
        .flatMap(line -> Pattern.compile(",").splitAsStream(line.substring(line.indexOf('=') + 1)))
        .filter(one -> !one.isEmpty())
        .toList();
  }

  private static String full(PackageVersion version) {
    RpmVersion evr = RpmVersion.parse(version.version());
    return "%s-%s:%s-%s.%s"
        .formatted(version.name(), evr.epoch(), evr.version(), evr.release(), version.arch());
  }
}

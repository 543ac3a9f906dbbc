package dev.fleetmend.node.yum;

import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.rpm.RpmDatabase;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which packages are there only because others need them, as yum notes it: a file of the installed
 * version's folder says why it came. rpm knows nothing of these folders, so that what it puts back
 * has none. Locks are left alone by all that is done here, and need no putting back.
 */
final class YumMarks {
  private static final String REASON = "reason";
  private static final String DEPENDENCY = "dep";

  private final RpmDatabase database;
  private final Path notes;

  /**
   * @param notes yum's folder of notes about installed packages
   */
  YumMarks(RpmDatabase database, Path notes) {
    this.database = database;
    this.notes = notes;
  }

  Marks read(VersionHolds holds) throws IOException {
    return new Marks(holds.locked(), automatic(database.headerDigests()));
  }

  /** Marks what was automatic before and no longer is. */
  void restore(Marks before, Set<String> present) throws IOException {
    Map<PackageVersion, String> installed = database.headerDigests();
    Set<String> names = new HashSet<>(before.automatic());
    automatic(installed).forEach(names::remove);
    names.retainAll(present);
    for (Map.Entry<PackageVersion, String> one : installed.entrySet()) {
      if (names.contains(one.getKey().name())) {
        mark(folder(notes, one.getKey(), one.getValue()));
      }
    }
  }

  private static void mark(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path reason = folder.resolve(REASON);
    DurableFile.write(reason, DEPENDENCY.getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(reason, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private List<String> automatic(Map<PackageVersion, String> installed) throws IOException {
    List<String> automatic = new ArrayList<>();
    for (Map.Entry<PackageVersion, String> one : installed.entrySet()) {
      Path reason = folder(notes, one.getKey(), one.getValue()).resolve(REASON);
      if (Files.isRegularFile(reason) && Files.readString(reason).strip().equals(DEPENDENCY)) {
        automatic.add(one.getKey().name());
      }
    }
    return automatic.stream().distinct().sorted().toList();
  }

  /** As {@code l/SHA1-lab-app-1.0-1.lab-noarch}. */
  static Path folder(Path notes, PackageVersion version, String digest) {
    RpmVersion evr = RpmVersion.parse(version.version());
    return notes
        .resolve(version.name().substring(0, 1))
        .resolve(
            "%s-%s-%s-%s-%s"
                .formatted(digest, version.name(), evr.version(), evr.release(), version.arch()));
  }
}

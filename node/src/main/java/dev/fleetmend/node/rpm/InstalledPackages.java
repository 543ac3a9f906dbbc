package dev.fleetmend.node.rpm;

import dev.fleetmend.node.state.FileFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The installed packages, which rpm is asked for again only when the files of its database changed.
 * They are looked at before rpm is run: what changes meanwhile is seen the next time.
 */
public final class InstalledPackages {
  /** The databases of rpm's backends sqlite and ndb, which they write to, not map. */
  static final List<String> WRITTEN = List.of("rpmdb.sqlite", "rpmdb.sqlite-wal", "Packages.db");

  /** What rpm said of a database that looked so. */
  private record Remembered(String fingerprint, List<RpmPackage> packages) {}

  private final RpmDatabase database;
  private @Nullable Path folder;
  private @Nullable Remembered remembered;

  /** Of this host. */
  public InstalledPackages(RpmDatabase database) {
    this.database = database;
  }

  /** As {@link RpmDatabase#packages()}, at this moment. */
  public synchronized List<RpmPackage> now() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : WRITTEN) {
      Path file = folder().resolve(name);
      // Whoever only reads with SQLite touches a log that is empty.
      if (Files.exists(file) && Files.size(file) > 0) {
        files.add(file);
      }
    }
    // Berkeley DB, of older rpms, shares pages in memory that no file's time tells of.
    if (files.isEmpty()) {
      return database.packages();
    }
    String fingerprint = FileFingerprint.of(files);
    Remembered last = remembered;
    if (last != null && last.fingerprint().equals(fingerprint)) {
      return last.packages();
    }
    Remembered fresh = new Remembered(fingerprint, database.packages());
    remembered = fresh;
    return fresh.packages();
  }

  /** It stays while the host does. */
  private Path folder() throws IOException {
    Path known = folder;
    if (known == null) {
      known = Path.of(database.evaluate("%_dbpath"));
      folder = known;
    }
    return known;
  }
}

package dev.fleetmend.server.backup;

import dev.fleetmend.server.store.Engine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first line of trust in a backup: what must be in it.
 *
 * @param digests SHA-256 in hex, by the file's name in the backup
 */
record Manifest(Instant madeAt, Engine engine, Map<String, String> digests) {
  static final String NAME = "fleetmend-backup";
  private static final String FORMAT = "fleetmend backup 1";

  Manifest {
    digests = Map.copyOf(digests);
  }

  /** As it is written: a line that says what this is, when, of what engine, and a line a file. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(FORMAT).append('\n').append(madeAt).append('\n').append(engine).append('\n');
    new TreeMap<>(digests)
        .forEach((name, digest) -> text.append(digest).append(' ').append(name).append('\n'));
    return text.toString();
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws BackupException where it is something else
   */
  static Manifest parse(String text) throws BackupException {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || !lines[0].equals(FORMAT) || !lines[lines.length - 1].isEmpty()) {
      throw new BackupException("it is no backup that this release can read");
    }
    Map<String, String> digests = new HashMap<>();
    for (int i = 3; i < lines.length - 1; i++) {
      String[] parts = lines[i].split(" ", 2);
      if (parts.length != 2 || !parts[0].matches("[0-9a-f]{64}")) {
        throw new BackupException("its list of files is damaged");
      }
      digests.put(parts[1], parts[0]);
    }
    try {
      return new Manifest(Instant.parse(lines[1]), Engine.valueOf(lines[2]), digests);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new BackupException("its list of files is damaged", e);
    }
  }
}

package dev.fleetmend.server.backup;

import dev.fleetmend.server.access.PrivateFiles;
import dev.fleetmend.server.store.Engine;
import dev.fleetmend.server.store.SqliteLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What lies in a server's data folder, and what of it is a backup's. */
public final class DataFiles {
  static final String DATABASE = "fleetmend.db";
  private static final String MASTER_KEY = "master.key";
  private static final String ENGINE = "database.engine";

  /**
   * What is made anew at a start (the agent's images), belongs to this machine rather than to the
   * server (its own node, the lab), or is of the moment.
   */
  private static final Set<String> LEFT_OUT =
      Set.of(
          DATABASE,
          DATABASE + "-wal",
          DATABASE + "-shm",
          DATABASE + "-journal",
          "server.lock",
          "server.log",
          "agent",
          "lab",
          "local-node",
          SqliteLibrary.FOLDER);

  private final Path folder;

  public DataFiles(Path folder) {
    this.folder = folder;
  }

  /** Whether a server has ever kept its data here. */
  boolean isServers() {
    return Files.exists(folder.resolve(MASTER_KEY));
  }

  Path database() {
    return folder.resolve(DATABASE);
  }

  /** The engine of the last server's database. */
  public Engine engine() {
    try {
      String said = Files.readString(folder.resolve(ENGINE)).strip();
      return Engine.valueOf(said.toUpperCase(Locale.ROOT));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Files.exists(database()) || !isServers() ? Engine.SQLITE : Engine.POSTGRESQL;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes down which engine a server uses, without the URL, which may hold a password. */
  public void remember(Engine engine) throws IOException {
    if (!Files.exists(folder.resolve(ENGINE)) || engine() != engine) {
      String text = engine.name().toLowerCase(Locale.ROOT) + "\n";
      PrivateFiles.write(folder.resolve(ENGINE), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The files that a backup holds besides the database, relative to the folder, in order. */
  List<Path> kept() throws IOException {
    List<Path> kept = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      // The lab's hosts have file systems mounted; nothing left out is walked.
      for (Path entry : entries.filter(DataFiles::isKept).sorted().toList()) {
        try (Stream<Path> all = Files.walk(entry)) {
          all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              // Written beside their files and then moved there.
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .map(folder::relativize)
              .sorted()
              .forEach(kept::add);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return kept;
  }

  private static boolean isKept(Path entry) {
    return !LEFT_OUT.contains(entry.getFileName().toString());
  }
}

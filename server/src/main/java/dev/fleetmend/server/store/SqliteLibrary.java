package dev.fleetmend.server.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the driver unpacks SQLite's native library: beside the database, for on a hardened machine
 * nothing in {@code /tmp} may be executed, and what a killed process left there nobody removes.
 */
public final class SqliteLibrary {
  /** In the folder of the database. */
  public static final String FOLDER = "native";

  /** Of sqlite-jdbc, which reads it when it opens the first database of this process. */
  private static final String PROPERTY = "org.sqlite.tmpdir";

  private SqliteLibrary() {}

  /** Has it unpacked beside a database, unless this process was told another place. */
  public static void unpackBeside(Path database) {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    Path folder = database.toAbsolutePath().resolveSibling(FOLDER);
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      System.setProperty(PROPERTY, folder.toString());
    } catch (IOException e) {
      // Nothing can be written there: of the database itself the driver says so better.
    }
  }

  /** Removes what killed processes left in a data folder that no server runs on. */
  public static void removeLeftovers(Path data) throws IOException {
    Path folder = data.resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*")) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}

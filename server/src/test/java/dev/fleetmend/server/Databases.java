package dev.fleetmend.server;

import dev.fleetmend.server.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Fresh databases of both engines, their tables made: each is a copy of one that was migrated once
 * a JVM. One PostgreSQL runs for all tests of a JVM; it is started when first asked for and ends
 * with the JVM.
 */
public enum Databases {
  SQLITE {
    @Override
    public String fresh(Path folder) {
      Path file = folder.resolve(UUID.randomUUID() + ".db");
      try {
        Files.write(file, MigratedFile.BYTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return JDBC_SQLITE + file;
    }
  },
  POSTGRESQL {
    @Override
    public String fresh(Path folder) {
      return Running.database(" TEMPLATE " + MigratedDatabase.NAME);
    }
  };

  private static final String JDBC_SQLITE = "jdbc:sqlite:";

  /** The JDBC URL of a new database without rows. */
  public abstract String fresh(Path folder);

  private static final class MigratedFile {
    static final byte[] BYTES = migrated();

    private static byte[] migrated() {
      try {
        Path file = Files.createTempFile("migrated", ".db");
        Store.open(JDBC_SQLITE + file).close();
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class MigratedDatabase {
    static final String NAME = migrated();

    private static String migrated() {
      String url = Running.database("");
      Store.open(url).close();
      return url.replaceAll(".*/([^/?]+)\\?.*", "$1");
    }
  }

  /** Loaded, and PostgreSQL started with it, only when a test asks. */
  private static final class Running {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static String database(String options) {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name + options);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return POSTGRES.getJdbcUrl("postgres", name);
    }
  }
}

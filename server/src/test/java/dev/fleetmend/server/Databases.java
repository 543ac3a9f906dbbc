package dev.fleetmend.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Fresh databases of both engines. One PostgreSQL runs for all tests of a JVM and gives each a
 * database of its own; it is started when first asked for and ends with the JVM.
 */
public enum Databases {
  SQLITE {
    @Override
    public String fresh(Path folder) {
      return "jdbc:sqlite:" + folder.resolve(UUID.randomUUID() + ".db");
    }
  },
  POSTGRESQL {
    @Override
    public String fresh(Path folder) {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      EmbeddedPostgres postgres = Running.POSTGRES;
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return postgres.getJdbcUrl("postgres", name);
    }
  };

  /** The JDBC URL of a new, empty database. */
  public abstract String fresh(Path folder);

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
  }
}

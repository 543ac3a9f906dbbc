package dev.fleetmend.server.store;

import java.util.Map;

/** The two database engines, chosen by the JDBC URL, and what differs between them. */
public enum Engine {
  SQLITE("BLOB", "BIGINT"),
  POSTGRESQL("BYTEA", "TIMESTAMP WITH TIME ZONE");

  private static final String SQLITE_URL = "jdbc:sqlite:";

  private final String blob;
  private final String timestamp;

  Engine(String blob, String timestamp) {
    this.blob = blob;
    this.timestamp = timestamp;
  }

  /** The placeholders of the migrations: column types that the engines spell differently. */
  Map<String, String> ddl() {
    return Map.of("blob", blob, "timestamp", timestamp);
  }

  /** The file of a SQLite database, of its JDBC URL. */
  static String sqliteFile(String jdbcUrl) {
    return jdbcUrl.substring(SQLITE_URL.length()).replaceFirst("\\?.*", "");
  }

  /**
   * The engine of a JDBC URL.
   *
   * @throws IllegalArgumentException when it is neither SQLite's nor PostgreSQL's
   */
  public static Engine of(String jdbcUrl) {
    if (jdbcUrl.startsWith(SQLITE_URL)) {
      return SQLITE;
    }
    if (jdbcUrl.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    throw new IllegalArgumentException(
        "the database URL must begin with jdbc:sqlite: or jdbc:postgresql:");
  }
}

package dev.fleetmend.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The connection pools of each engine. */
final class Pools {
  private static final int READERS = 4;
  private static final int POSTGRESQL_CONNECTIONS = 16;

  private Pools() {}

  /** SQLite has one writer: a pool of one queues the others in order, instead of failing busy. */
  static HikariDataSource writer(String jdbcUrl) {
    HikariConfig config = config(jdbcUrl);
    switch (Engine.of(jdbcUrl)) {
      case SQLITE -> {
        config.setMaximumPoolSize(1);
        sqlite(config);
        // Taking the write lock at BEGIN, so that no transaction fails half-way for want of it.
        config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
      }
      case POSTGRESQL -> config.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
    }
    config.setPoolName("write");
    return new HikariDataSource(config);
  }

  /** Readers of SQLite's write-ahead log, which never wait for the writer. */
  static HikariDataSource sqliteReaders(String jdbcUrl) {
    HikariConfig config = config(jdbcUrl);
    config.setMaximumPoolSize(READERS);
    sqlite(config);
    config.setConnectionInitSql("PRAGMA query_only=ON");
    config.setPoolName("read");
    return new HikariDataSource(config);
  }

  private static HikariConfig config(String jdbcUrl) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setConnectionTimeout(30_000);
    return config;
  }

  private static void sqlite(HikariConfig config) {
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("foreign_keys", "ON");
    config.addDataSourceProperty("busy_timeout", "20000");
  }
}

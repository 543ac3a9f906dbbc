package dev.fleetmend.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server runs.
 *
 * @param data the folder of keys, certificates and, by default, the database; mode 0700
 * @param databaseUrl JDBC URL; null for SQLite in the data folder
 * @param region the one region that requests are signed for, such as {@code us-east-1}
 * @param account the one account that ARNs name, 12 digits
 * @param bind the address to listen on
 * @param port the TCP port, 0 for any free one
 * @param tls whether to speak TLS with the data folder's own CA
 * @param tlsNames names and addresses that the certificate holds besides those that the listener
 *     has
 * @param nodeKeyLife after how long nodes are told to change their keys; zero for never
 * @param auditKept how long the audit remembers changes and refusals
 */
public record ServerConfig(
    Path data,
    @Nullable String databaseUrl,
    String region,
    String account,
    String bind,
    int port,
    boolean tls,
    List<String> tlsNames,
    Duration nodeKeyLife,
    Duration auditKept) {
  public static final String DEFAULT_REGION = "us-east-1";
  public static final String DEFAULT_ACCOUNT = "000000000000";

  /** A year, and a month to read it in. */
  public static final Duration AUDIT_KEPT = Duration.ofDays(400);

  public ServerConfig {
    tlsNames = List.copyOf(tlsNames);
  }

  /** With a certificate for the names that the listener has, and keys that stay. */
  public ServerConfig(
      Path data,
      @Nullable String databaseUrl,
      String region,
      String account,
      String bind,
      int port,
      boolean tls) {
    this(data, databaseUrl, region, account, bind, port, tls, List.of(), Duration.ZERO, AUDIT_KEPT);
  }

  /** On loopback over SQLite, without TLS. */
  public static ServerConfig local(Path data, int port) {
    return new ServerConfig(data, null, DEFAULT_REGION, DEFAULT_ACCOUNT, "127.0.0.1", port, false);
  }

  /** The database that is used. */
  public String jdbcUrl() {
    return databaseUrl == null ? "jdbc:sqlite:" + databaseFile() : databaseUrl;
  }

  /** Where SQLite keeps all, unless another database is named. */
  Path databaseFile() {
    return data.resolve("fleetmend.db");
  }
}

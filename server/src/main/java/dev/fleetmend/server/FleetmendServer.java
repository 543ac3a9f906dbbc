package dev.fleetmend.server;

import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.access.AccessKeys;
import dev.fleetmend.server.access.Authenticator;
import dev.fleetmend.server.access.PrivateFiles;
import dev.fleetmend.server.backup.DataFiles;
import dev.fleetmend.server.http.Dispatcher;
import dev.fleetmend.server.http.Download;
import dev.fleetmend.server.http.HttpServer;
import dev.fleetmend.server.message.DeliveryWatch;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.tls.CertificateRenewal;
import dev.fleetmend.server.tls.ServerCertificate;
import dev.fleetmend.server.tls.ServerTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole server: its parts wired, its port open, its work running, until it is closed. */
public final class FleetmendServer implements AutoCloseable {
  /** Agents ask again at once after an error; this keeps a fleet of them from hammering. */
  private static final Duration POLL_ERROR_HOLD = Duration.ofSeconds(10);

  private final Core core;
  private final HttpServer http;
  private final DeliveryWatch deliveries;
  private final @Nullable CertificateRenewal renewal;

  private FleetmendServer(Core core, HttpServer http, DeliveryWatch deliveries) {
    this.core = core;
    this.http = http;
    this.deliveries = deliveries;
    this.renewal = core.tls() == null ? null : CertificateRenewal.start(core.tls());
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws IOException where the data folder or the port can't be used
   */
  public static FleetmendServer start(ServerConfig config, Clock clock) throws IOException {
    PrivateFiles.createFolder(config.data());
    if (config.databaseUrl() == null) {
      // SQLite gives its log and shared memory the mode of the database.
      PrivateFiles.reserve(config.databaseFile());
    }
    Core core = Core.open(config, clock);
    try {
      new DataFiles(config.data()).remember(core.store().engine());
      Capabilities.Offered offered = Capabilities.offer(core);
      HttpServer http =
          HttpServer.create(config.bind(), config.port(), core.tls(), door(core, offered));
      http.start();
      core.work().start();
      offered.deliveries().start();
      return new FleetmendServer(core, http, offered.deliveries());
    } catch (IOException | RuntimeException e) {
      core.close();
      throw e;
    }
  }

  private static HttpServer.FrontDoor door(Core core, Capabilities.Offered offered) {
    core.routes()
        .on(
            "/health",
            rest ->
                Optional.of(Download.of("text/plain", "ok\n".getBytes(StandardCharsets.US_ASCII))));
    return new HttpServer.FrontDoor(
        core.operations(),
        new Authenticator(
            core.config().region(),
            core.clock(),
            core.operations(),
            core.accessKeys(),
            core.nodeCredentials(),
            offered.nodeKeys()),
        new Dispatcher(
            core.operations(),
            core.audit(),
            core.quotas(),
            core.config().region(),
            core.config().account()),
        core.routes(),
        offered.channels(),
        POLL_ERROR_HOLD);
  }

  /** The TCP port that it listens on. */
  public int port() {
    return http.port();
  }

  /** The keys of people and their tools. */
  public AccessKeys accessKeys() {
    return core.accessKeys();
  }

  /**
   * Makes a key for somebody who owns this machine.
   *
   * @param name what its owner calls it
   */
  public AccessKey createKey(Role role, String name) {
    return LocalKeys.create(core.accessKeys(), core.audit(), core.config(), role, name);
  }

  /** Its certificate, where it speaks TLS. */
  public Optional<ServerCertificate> certificate() {
    return Optional.ofNullable(core.tls()).map(ServerTls::certificate);
  }

  @Override
  public void close() {
    if (renewal != null) {
      renewal.close();
    }
    http.close();
    deliveries.close();
    core.close();
  }
}

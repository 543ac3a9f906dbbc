package dev.fleetmend.cli.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.node.image.JdkModules;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.access.PrivateFiles;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.quota.UnusableQuotasException;
import dev.fleetmend.server.store.SqliteLibrary;
import dev.fleetmend.server.store.UnusableDatabaseException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server in this process, with its lock and the profile that tools reach it by. */
final class RunningServer implements AutoCloseable {
  private final ServerLock lock;
  private final FleetmendServer server;

  private RunningServer(ServerLock lock, FleetmendServer server) {
    this.lock = lock;
    this.server = server;
  }

  /**
   * Starts the server of a data folder and writes {@code aws-config}; it answers when this returns.
   *
   * @param others for which platforms beside this machine's it is to have images of the agent
   * @throws Problem where the folder or the port can't be used, or another server has them
   */
  static RunningServer start(DataFolder folder, ServerConfig config, List<JdkModules> others)
      throws IOException {
    ServerLock lock = lock(folder);
    try {
      SqliteLibrary.removeLeftovers(folder.path());
      FleetmendServer server = FleetmendServer.start(config, Clock.systemUTC());
      Path authority = authority(folder, server);
      URI endpoint =
          URI.create(
              (config.tls() ? "https" : "http") + "://" + host(config) + ":" + server.port());
      AccessKey key = key(folder, server);
      PrivateFiles.write(
          folder.awsConfig(),
          new AwsProfile(endpoint, config.region(), key.id(), key.secret(), authority)
              .text()
              .getBytes(UTF_8));
      lock.say(server.port());
      AgentPublishing.start(folder, others);
      return new RunningServer(lock, server);
    } catch (IOException e) {
      lock.close();
      throw StartProblem.of(folder, config, e);
    } catch (UnusableDatabaseException e) {
      lock.close();
      throw StartProblem.database(e);
    } catch (UnusableQuotasException e) {
      lock.close();
      throw StartProblem.quotas(e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static ServerLock lock(DataFolder folder) {
    try {
      PrivateFiles.createFolder(folder.path());
      return ServerLock.take(folder);
    } catch (IOException e) {
      throw StartProblem.dataFolder(folder, e);
    }
  }

  private static @Nullable Path authority(DataFolder folder, FleetmendServer server)
      throws IOException {
    if (server.certificate().isEmpty()) {
      return null;
    }
    PrivateFiles.write(
        folder.authority(), server.certificate().get().authorityPem().getBytes(UTF_8));
    return folder.authority();
  }

  /** The administrator's key of an earlier start, if the server still knows it; else a new one. */
  private static AccessKey key(DataFolder folder, FleetmendServer server) {
    if (Files.exists(folder.awsConfig())) {
      AwsProfile known = folder.profile();
      AccessKey key = server.accessKeys().find(known.keyId()).orElse(null);
      if (key != null && key.secret().equals(known.secret())) {
        return key;
      }
    }
    return server.createKey(Role.ADMIN, "up");
  }

  /** An address that this machine reaches the server by. */
  private static String host(ServerConfig config) {
    boolean everywhere = config.bind().equals("0.0.0.0") || config.bind().equals("::");
    return everywhere ? "127.0.0.1" : config.bind();
  }

  @Override
  public void close() throws IOException {
    server.close();
    lock.close();
  }
}

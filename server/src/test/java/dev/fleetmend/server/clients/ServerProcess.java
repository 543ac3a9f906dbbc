package dev.fleetmend.server.clients;

import static org.awaitility.Awaitility.await;

import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.http.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A server in a process of its own, which can be killed and started again on the same port. */
final class ServerProcess implements AutoCloseable {
  private final ServerConfig config;
  private final Credentials administrator;
  private Process process;

  private ServerProcess(ServerConfig config, Credentials administrator) throws IOException {
    this.config = config;
    this.administrator = administrator;
    this.process = spawn();
  }

  /** Starts a server on a database, with its files in a folder. */
  static ServerProcess start(Path folder, String jdbcUrl) throws IOException {
    ServerConfig config;
    Credentials administrator;
    try (FleetmendServer first =
        FleetmendServer.start(config(folder, jdbcUrl, 0), Clock.systemUTC())) {
      AccessKey key = first.accessKeys().createAdministrator();
      administrator = new Credentials(key.id(), key.secret(), null);
      config = config(folder, jdbcUrl, first.port());
    }
    return new ServerProcess(config, administrator);
  }

  private static ServerConfig config(Path folder, String jdbcUrl, int port) {
    return new ServerConfig(
        folder.resolve("data"),
        jdbcUrl,
        ServerConfig.DEFAULT_REGION,
        ServerConfig.DEFAULT_ACCOUNT,
        "127.0.0.1",
        port,
        false);
  }

  /** The child: serves until it is killed. Arguments: folder, JDBC URL, port. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ServerConfig config =
        config(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
    FleetmendServer.start(config, Clock.systemUTC());
    Thread.currentThread().join();
  }

  Credentials administrator() {
    return administrator;
  }

  int port() {
    return config.port();
  }

  TestClient client() {
    return new TestClient(
        URI.create("http://127.0.0.1:" + config.port() + "/"), config.region(), Clock.systemUTC());
  }

  /** Kills the server as the kernel would, and starts it again. */
  void killAndRestart() throws IOException {
    kill();
    process = spawn();
  }

  private void kill() {
    process.destroyForcibly();
    await("the end of the killed server").until(() -> !process.isAlive());
  }

  private Process spawn() throws IOException {
    Path folder = config.data().resolveSibling("");
    Process started =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ServerProcess.class.getName(),
                    folder.toString(),
                    config.jdbcUrl(),
                    Integer.toString(config.port())))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
            .start();
    await("a server on port " + config.port())
        .atMost(Duration.ofMinutes(1))
        .until(() -> !started.isAlive() || listens());
    return started;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), config.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    kill();
  }
}

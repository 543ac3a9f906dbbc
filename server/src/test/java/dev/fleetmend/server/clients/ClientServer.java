package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.http.TestClient;
import dev.fleetmend.server.operation.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A whole server, and the processes of unmodified clients that are pointed at it. */
final class ClientServer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;
  private final FleetmendServer server;
  private final AccessKey key;

  private ClientServer(Path folder, FleetmendServer server, AccessKey key) {
    this.folder = folder;
    this.server = server;
    this.key = key;
  }

  /** Starts a server with its files in a folder. */
  static ClientServer start(Path folder) throws IOException {
    FleetmendServer server =
        FleetmendServer.start(ServerConfig.local(folder.resolve("data"), 0), Clock.systemUTC());
    return new ClientServer(folder, server, server.accessKeys().createAdministrator());
  }

  record Outcome(int exitCode, String output) {}

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  AccessKey key() {
    return key;
  }

  AccessKey createKey(Role role) {
    return server.createKey(role, "test");
  }

  Credentials credentials() {
    return new Credentials(key.id(), key.secret(), null);
  }

  TestClient client() {
    return new TestClient(endpoint(), ServerConfig.DEFAULT_REGION, Clock.systemUTC());
  }

  /** Runs a client to its end, with nothing of this machine's AWS settings. */
  Outcome run(Path directory, List<String> command) throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(ClientServer::foreign);
    builder.environment().put("AWS_ACCESS_KEY_ID", key.id());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", key.secret());
    builder.environment().put("AWS_DEFAULT_REGION", ServerConfig.DEFAULT_REGION);
    builder.environment().put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.port());
    builder.environment().put("AWS_CONFIG_FILE", folder.resolve("none").toString());
    builder.environment().put("AWS_PAGER", "");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as(String.join(" ", command))
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(
        process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).strip());
  }

  private static boolean foreign(String variable) {
    return variable.startsWith("AWS_") || variable.startsWith("TF_");
  }

  /** What {@code aws ssm} printed as text, whether it succeeded or was refused. */
  String aws(String... arguments) {
    return awsCli("ssm", arguments);
  }

  /** As {@link #aws}, for any service. */
  String awsCli(String service, String... arguments) {
    List<String> command = new ArrayList<>(List.of("aws", service));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--output", "text"));
    try {
      return run(folder, command).output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a Python script of the test resources printed, which must have ended well. */
  String python(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", resource("/boto3/" + script)));
    command.addAll(List.of(arguments));
    Outcome outcome = run(folder, command);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome.output();
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(ClientServer.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Leaves the test out, with the reason, where a program does not run here. */
  void need(List<String> probe, String what) {
    try {
      if (run(folder, probe).exitCode() == 0) {
        return;
      }
    } catch (IOException e) {
      Assumptions.abort(what + " is not on this machine: " + e.getMessage());
    }
    Assumptions.abort(what + " is not on this machine");
  }

  @Override
  public void close() {
    server.close();
  }
}

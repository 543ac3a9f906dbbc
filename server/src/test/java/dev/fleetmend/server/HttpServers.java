package dev.fleetmend.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.http.TestClient;
import dev.fleetmend.server.operation.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A whole server and a client of it.
 *
 * @param admin the credentials of an administrator
 */
public record HttpServers(FleetmendServer server, TestClient client, Credentials admin)
    implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Starts a server on a database, with its files in a folder. */
  public static HttpServers start(Path folder, String jdbcUrl) throws IOException {
    FleetmendServer server =
        FleetmendServer.start(
            new ServerConfig(
                folder,
                jdbcUrl,
                ServerConfig.DEFAULT_REGION,
                ServerConfig.DEFAULT_ACCOUNT,
                "127.0.0.1",
                0,
                false),
            Clock.systemUTC());
    TestClient client =
        new TestClient(
            URI.create("http://127.0.0.1:" + server.port() + "/"),
            ServerConfig.DEFAULT_REGION,
            Clock.systemUTC());
    return new HttpServers(server, client, credentials(server.createKey(Role.ADMIN, "test")));
  }

  /** Has the servers of a data folder answer as many requests as come. */
  public static void withoutRates(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("quotas.properties"),
        """
        requests-per-second-per-key=1000000
        requests-per-second-per-node=1000000
        requests-at-once-per-key=1000000
        requests-at-once-per-node=1000000
        connection-statuses-per-second=1000000
        """);
  }

  public static Credentials credentials(AccessKey key) {
    return new Credentials(key.id(), key.secret(), null);
  }

  /** The answer to an administrator's call, which must succeed. */
  public JsonNode ok(String target, String body) throws Exception {
    HttpResponse<String> response = client.call(target, body, admin);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** The code with which somebody's call is refused; empty where it succeeds. */
  public String code(String target, String body, Credentials credentials) throws Exception {
    HttpResponse<String> response = client.call(target, body, credentials);
    return response.statusCode() == 200
        ? ""
        : JSON.readTree(response.body()).path("__type").asText();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}

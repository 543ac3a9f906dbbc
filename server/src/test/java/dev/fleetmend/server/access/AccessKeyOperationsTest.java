package dev.fleetmend.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.HttpServers;
import dev.fleetmend.server.LocalKeys;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.operation.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessKeyOperationsTest {
  private static final String READ = "AmazonSSM.DescribePatchBaselines";
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aRevokedKeyIsRefusedByEveryReplicaAtOnce(Databases engine) throws Exception {
    String database = engine.fresh(folder);
    try (HttpServers one = HttpServers.start(folder, database);
        HttpServers other = HttpServers.start(folder, database)) {
      JsonNode created =
          one.ok("Fleetmend.CreateAccessKey", "{\"Role\":\"viewer\",\"Name\":\"monitoring\"}");
      Credentials viewer =
          new Credentials(
              created.path("AccessKeyId").asText(), created.path("SecretAccessKey").asText(), null);
      assertThat(one.code(READ, "{}", viewer)).isEmpty();
      assertThat(other.code(READ, "{}", viewer)).isEmpty();

      JsonNode revoked = other.ok("Fleetmend.RevokeAccessKey", revocation(viewer));

      assertThat(revoked.at("/AccessKey/RevokedAt").asDouble()).isPositive();
      assertThat(one.code(READ, "{}", viewer)).isEqualTo("UnrecognizedClientException");
      assertThat(other.code(READ, "{}", viewer)).isEqualTo("UnrecognizedClientException");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aKeyMadeInTheDataFolderIsGoodForTheServerThatIsStartedThere(Databases engine)
      throws Exception {
    String database = engine.fresh(folder);
    HttpServers.start(folder, database).close();
    ServerConfig config =
        new ServerConfig(
            folder,
            database,
            ServerConfig.DEFAULT_REGION,
            ServerConfig.DEFAULT_ACCOUNT,
            "127.0.0.1",
            0,
            false);

    AccessKey found = LocalKeys.create(config, Clock.systemUTC(), Role.OPERATOR, "found");

    try (HttpServers server = HttpServers.start(folder, database)) {
      Credentials operator = HttpServers.credentials(found);
      assertThat(server.code(READ, "{}", operator)).isEmpty();
      assertThat(server.code("Fleetmend.ListAccessKeys", "{}", operator))
          .isEqualTo("AccessDeniedException");
      assertThat(
              server
                  .ok("Fleetmend.ListAudit", "{\"Resource\":\"" + found.id() + "\"}")
                  .at("/Events/0/CallerType")
                  .asText())
          .isEqualTo("local");
    }
  }

  @Test
  void aListNamesKeysAndNoSecrets() throws Exception {
    try (HttpServers server = HttpServers.start(folder, Databases.SQLITE.fresh(folder))) {
      JsonNode created =
          server.ok("Fleetmend.CreateAccessKey", "{\"Role\":\"operator\",\"Name\":\"on call\"}");
      String id = created.path("AccessKeyId").asText();

      JsonNode list = server.ok("Fleetmend.ListAccessKeys", "{}");

      assertThat(list.toString()).doesNotContain(created.path("SecretAccessKey").asText());
      assertThat(list.path("AccessKeys"))
          .filteredOn(key -> key.path("AccessKeyId").asText().equals(id))
          .singleElement()
          .satisfies(
              key -> {
                assertThat(key.path("Role").asText()).isEqualTo("operator");
                assertThat(key.path("Name").asText()).isEqualTo("on call");
                assertThat(key.path("CreatedBy").asText()).isEqualTo(server.admin().accessKeyId());
                assertThat(key.has("RevokedAt")).isFalse();
              });
      server.ok("Fleetmend.RevokeAccessKey", "{\"AccessKeyId\":\"" + id + "\"}");
      assertThat(server.ok("Fleetmend.ListAccessKeys", "{}").toString()).doesNotContain(id);
      assertThat(server.ok("Fleetmend.ListAccessKeys", "{\"IncludeRevoked\":true}").toString())
          .contains(id);
    }
  }

  @Test
  void badRequestsMakeNothing() throws Exception {
    try (HttpServers server = HttpServers.start(folder, Databases.SQLITE.fresh(folder))) {
      String before = server.ok("Fleetmend.ListAccessKeys", "{}").toString();
      for (String body :
          List.of(
              "{}",
              "{\"Role\":\"root\"}",
              "{\"Role\":\"ADMIN\"}",
              "{\"Role\":\"admin\",\"Name\":\"a\\nb\"}",
              "{\"Role\":\"admin\",\"Name\":\"" + "x".repeat(65) + "\"}")) {
        assertThat(server.code("Fleetmend.CreateAccessKey", body, server.admin()))
            .as(body)
            .isEqualTo("ValidationException");
      }
      assertThat(server.code("Fleetmend.RevokeAccessKey", "{}", server.admin()))
          .isEqualTo("DoesNotExistException");
      assertThat(server.ok("Fleetmend.ListAccessKeys", "{}").toString()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void oneAdministratorAlwaysStays(Databases engine) throws Exception {
    try (HttpServers server = HttpServers.start(folder, engine.fresh(folder));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(
              server.code("Fleetmend.RevokeAccessKey", revocation(server.admin()), server.admin()))
          .isEqualTo("DeleteConflictException");
      for (int round = 0; round < 5; round++) {
        Credentials one = HttpServers.credentials(server.server().createKey(Role.ADMIN, "one"));
        Credentials other = HttpServers.credentials(server.server().createKey(Role.ADMIN, "two"));
        server.server().createKey(Role.OPERATOR, "not an administrator");
        if (round == 0) {
          assertThat(server.code("Fleetmend.RevokeAccessKey", revocation(server.admin()), one))
              .isEmpty();
        } else {
          revokeAllBut(server, one, other);
        }
        List<Callable<String>> calls =
            List.of(
                () -> server.code("Fleetmend.RevokeAccessKey", revocation(other), one),
                () -> server.code("Fleetmend.RevokeAccessKey", revocation(one), other));
        for (Future<String> call : threads.invokeAll(calls)) {
          // Whoever comes second finds the own key revoked, or is the last.
          assertThat(call.get()).isIn("", "DeleteConflictException", "UnrecognizedClientException");
        }
        assertThat(
                Stream.of(one, other)
                    .filter(
                        key -> server.server().accessKeys().find(key.accessKeyId()).isPresent()))
            .hasSize(1);
      }
    }
  }

  private static void revokeAllBut(HttpServers server, Credentials one, Credentials other)
      throws Exception {
    HttpServers as = new HttpServers(server.server(), server.client(), one);
    for (JsonNode key : as.ok("Fleetmend.ListAccessKeys", "{}").path("AccessKeys")) {
      String id = key.path("AccessKeyId").asText();
      if (!id.equals(one.accessKeyId()) && !id.equals(other.accessKeyId())) {
        as.ok("Fleetmend.RevokeAccessKey", "{\"AccessKeyId\":\"" + id + "\"}");
      }
    }
  }

  private static String revocation(Credentials key) {
    return "{\"AccessKeyId\":\"" + key.accessKeyId() + "\"}";
  }
}

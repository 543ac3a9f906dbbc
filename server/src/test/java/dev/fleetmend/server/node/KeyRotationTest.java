package dev.fleetmend.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.SettableClock;
import dev.fleetmend.server.TestKeys;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.http.TestClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a node changes its key, over HTTP and with real signatures. */
class KeyRotationTest {
  private static final Duration LIFE = Duration.ofDays(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T10:00:00Z"));
  private final String fingerprint = UUID.randomUUID().toString();

  @ParameterizedTest
  @EnumSource
  void theOldKeyCountsUntilTheAnnouncedOneWasUsedAndThenNoMore(Databases engine) throws Exception {
    try (FleetmendServer server = start(engine);
        TestClient client = client(server)) {
      KeyPair old = TestKeys.next();
      String node = register(client, server, old);
      assertThat(token(client, node, old).path("UpdateKeyPair").booleanValue()).isFalse();

      clock.advance(LIFE);
      assertThat(token(client, node, old).path("UpdateKeyPair").booleanValue()).isTrue();

      KeyPair lost = TestKeys.next();
      KeyPair next = TestKeys.next();
      assertThat(announce(client, node, old, lost).statusCode()).isEqualTo(200);
      assertThat(announce(client, node, old, next).statusCode()).isEqualTo(200);
      assertThat(announce(client, node, old, next).statusCode()).as("said again").isEqualTo(200);
      assertThat(token(client, node, old).path("UpdateKeyPair").booleanValue())
          .as("still to be done")
          .isTrue();
      assertThat(token(client, node, lost).path("__type").textValue())
          .isEqualTo("InvalidSignatureException");

      assertThat(token(client, node, next).path("UpdateKeyPair").booleanValue()).isFalse();
      assertThat(token(client, node, old).path("__type").textValue())
          .isEqualTo("InvalidSignatureException");
      assertThat(announce(client, node, old, lost).statusCode()).isEqualTo(400);
      assertThat(token(client, node, next).path("AccessKeyId").textValue()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAdministratorHasSingleNodesChangeTheirKeysAndWeakKeysAreRefused(Databases engine)
      throws Exception {
    try (FleetmendServer server = start(engine);
        TestClient client = client(server)) {
      Credentials administrator = administrator(server);
      KeyPair key = TestKeys.next();
      String node = register(client, server, key);
      String other = register(client, server, key);

      HttpResponse<String> unknown =
          rotate(client, administrator, List.of(node, "mi-00000000000000000"));
      assertThat(JSON.readTree(unknown.body()).path("__type").textValue())
          .isEqualTo("InvalidInstanceId");
      assertThat(token(client, node, key).path("UpdateKeyPair").booleanValue()).isFalse();

      assertThat(rotate(client, administrator, List.of(node)).statusCode()).isEqualTo(200);
      assertThat(token(client, node, key).path("UpdateKeyPair").booleanValue()).isTrue();
      assertThat(token(client, other, key).path("UpdateKeyPair").booleanValue()).isFalse();
      assertThat(rotate(client, administrator, List.of()).statusCode()).isEqualTo(400);

      assertThat(announce(client, node, key, shortKey()).body()).contains("ValidationException");
      KeyPair next = TestKeys.next();
      announce(client, node, key, next);
      assertThat(token(client, node, next).path("UpdateKeyPair").booleanValue()).isFalse();
    }
  }

  private FleetmendServer start(Databases engine) throws Exception {
    return FleetmendServer.start(
        new ServerConfig(
            folder,
            engine.fresh(folder),
            ServerConfig.DEFAULT_REGION,
            ServerConfig.DEFAULT_ACCOUNT,
            "127.0.0.1",
            0,
            false,
            List.of(),
            LIFE,
            ServerConfig.AUDIT_KEPT),
        clock);
  }

  private TestClient client(FleetmendServer server) {
    return new TestClient(
        URI.create("http://127.0.0.1:" + server.port() + "/"), ServerConfig.DEFAULT_REGION, clock);
  }

  private static Credentials administrator(FleetmendServer server) {
    AccessKey key = server.accessKeys().createAdministrator();
    return new Credentials(key.id(), key.secret(), null);
  }

  private String register(TestClient client, FleetmendServer server, KeyPair key) throws Exception {
    JsonNode activation =
        JSON.readTree(
            client
                .call(
                    "AmazonSSM.CreateActivation", "{\"IamRole\":\"fleet\"}", administrator(server))
                .body());
    return JSON.readTree(
            client
                .unsigned(
                    "AmazonSSM.RegisterManagedInstance",
                    """
                    {"ActivationCode":"%s","ActivationId":"%s","Fingerprint":"%s",
                     "PublicKey":"%s","PublicKeyType":"Rsa"}"""
                        .formatted(
                            activation.path("ActivationCode").textValue(),
                            activation.path("ActivationId").textValue(),
                            fingerprint,
                            text(key)))
                .body())
        .path("InstanceId")
        .textValue();
  }

  private JsonNode token(TestClient client, String node, KeyPair key) throws Exception {
    return JSON.readTree(
        client
            .call(
                "AmazonSSM.RequestManagedInstanceRoleToken",
                "{\"Fingerprint\":\"" + fingerprint + "\"}",
                node,
                key.getPrivate())
            .body());
  }

  private static HttpResponse<String> announce(
      TestClient client, String node, KeyPair by, KeyPair next) throws Exception {
    return client.call(
        "AmazonSSM.UpdateManagedInstancePublicKey",
        "{\"NewPublicKey\":\"" + text(next) + "\",\"NewPublicKeyType\":\"Rsa\"}",
        node,
        by.getPrivate());
  }

  private static HttpResponse<String> rotate(
      TestClient client, Credentials administrator, List<String> nodes) throws Exception {
    return client.call(
        "Fleetmend.RotateNodeKeys",
        "{\"InstanceIds\":" + JSON.writeValueAsString(nodes) + "}",
        administrator);
  }

  private static KeyPair shortKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    return generator.generateKeyPair();
  }

  private static String text(KeyPair key) {
    return Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
  }
}

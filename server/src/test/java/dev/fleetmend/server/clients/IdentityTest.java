package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.HttpServers;
import dev.fleetmend.server.http.TestClient;
import dev.fleetmend.server.operation.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** sts:GetCallerIdentity as the aws CLI and boto3 ask it, for everybody who can sign. */
@Tag("slow")
class IdentityTest {
  @TempDir private Path folder;
  private ClientServer server;

  @BeforeEach
  void start() throws IOException {
    server = ClientServer.start(folder);
    server.need(List.of("aws", "--version"), "the aws CLI");
    server.need(List.of("python3", "-c", "import boto3"), "boto3");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyRoleAndANodeAreToldWhoTheyAre() throws Exception {
    for (Role role : Role.values()) {
      Credentials key = HttpServers.credentials(server.createKey(role));
      isToldToBe(key, key.accessKeyId(), "arn:aws:iam::000000000000:user/" + key.accessKeyId());
    }
    try (TestClient client = server.client()) {
      HttpNode node = HttpNode.enrol(client, server.credentials());
      isToldToBe(
          node.credentials(),
          "managed-node:" + node.id(),
          "arn:aws:sts::000000000000:assumed-role/managed-node/" + node.id());
    }
  }

  private void isToldToBe(Credentials credentials, String userId, String arn) throws IOException {
    assertThat(as(credentials, "aws", "sts", "get-caller-identity", "--output", "text"))
        .isEqualTo("000000000000\t" + arn + "\t" + userId);
    assertThat(as(credentials, "python3", "-c", ClientServer.resource("/boto3/identity.py")))
        .isEqualTo(userId + " 000000000000 " + arn);
  }

  private String as(Credentials credentials, String... command) throws IOException {
    List<String> words = new ArrayList<>();
    words.add("env");
    words.add("AWS_ACCESS_KEY_ID=" + credentials.accessKeyId());
    words.add("AWS_SECRET_ACCESS_KEY=" + credentials.secretAccessKey());
    if (credentials.sessionToken() != null) {
      words.add("AWS_SESSION_TOKEN=" + credentials.sessionToken());
    }
    words.addAll(List.of(command));
    return server.run(folder, words).output();
  }
}

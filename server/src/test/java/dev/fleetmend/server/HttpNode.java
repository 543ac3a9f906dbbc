package dev.fleetmend.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.http.TestClient;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.util.Base64;
import java.util.UUID;

/**
 * A managed node over HTTP, as an agent is.
 *
 * @param credentials those it was issued
 */
public record HttpNode(String id, String fingerprint, KeyPair key, Credentials credentials) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Enrols a node by an activation of its own, and has it beat. */
  public static HttpNode enrol(TestClient client, Credentials administrator) throws Exception {
    KeyPair key = TestKeys.next();
    String fingerprint = UUID.randomUUID().toString();
    JsonNode activation =
        ok(client.call("AmazonSSM.CreateActivation", "{\"IamRole\":\"fleet\"}", administrator));
    String id =
        ok(client.unsigned(
                "AmazonSSM.RegisterManagedInstance",
                JSON.createObjectNode()
                    .put("ActivationCode", activation.path("ActivationCode").asText())
                    .put("ActivationId", activation.path("ActivationId").asText())
                    .put("Fingerprint", fingerprint)
                    .put(
                        "PublicKey",
                        Base64.getEncoder().encodeToString(key.getPublic().getEncoded()))
                    .put("PublicKeyType", "Rsa")
                    .toString()))
            .path("InstanceId")
            .asText();
    HttpNode node = new HttpNode(id, fingerprint, key, roleToken(client, id, fingerprint, key));
    node.beat(client);
    return node;
  }

  private static Credentials roleToken(
      TestClient client, String id, String fingerprint, KeyPair key) throws Exception {
    JsonNode token =
        ok(
            client.call(
                "AmazonSSM.RequestManagedInstanceRoleToken",
                "{\"Fingerprint\":\"" + fingerprint + "\"}",
                id,
                key.getPrivate()));
    return new Credentials(
        token.path("AccessKeyId").asText(),
        token.path("SecretAccessKey").asText(),
        token.path("SessionToken").asText());
  }

  /** Asks for new credentials with its key, as an agent does every half hour. */
  public HttpNode renewed(TestClient client) throws Exception {
    return new HttpNode(id, fingerprint, key, roleToken(client, id, fingerprint, key));
  }

  /** Sends a full heartbeat. */
  public void beat(TestClient client) throws Exception {
    ok(
        client.call(
            "AmazonSSM.UpdateInstanceInformation",
            "{\"AgentName\":\"amazon-ssm-agent\",\"AgentVersion\":\"3.3\",\"InstanceId\":\""
                + id
                + "\",\"PlatformType\":\"Linux\",\"PlatformName\":\"Debian GNU/Linux\"}",
            credentials));
  }

  private static JsonNode ok(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}

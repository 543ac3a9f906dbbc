package dev.fleetmend.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.http.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ten common operations as requests to one server, after the few that these need. */
final class ApiScript {
  private static final String NUMBER = "{number}";
  private final URI endpoint;
  private final Credentials credentials;
  private final Map<String, String> bodies = new LinkedHashMap<>();
  private int number;

  private ApiScript(int port, Credentials credentials) {
    this.endpoint = URI.create("http://127.0.0.1:" + port + "/");
    this.credentials = credentials;
  }

  /**
   * Prepares a server.
   *
   * @param node the id of a node that is online there
   */
  static ApiScript prepare(int port, Credentials credentials, String node)
      throws IOException, InterruptedException {
    ApiScript script = new ApiScript(port, credentials);
    try (TestClient client =
        new TestClient(script.endpoint, ServerConfig.DEFAULT_REGION, Clock.systemUTC())) {
      script.prepare(client, node);
    }
    return script;
  }

  private void prepare(TestClient client, String node) throws IOException, InterruptedException {
    String create = "{\"Name\":\"measured\",\"OperatingSystem\":\"DEBIAN\"}";
    String baseline = made(client, "CreatePatchBaseline", create, "BaselineId");
    made(
        client,
        "RegisterPatchBaselineForPatchGroup",
        "{\"BaselineId\":\"" + baseline + "\",\"PatchGroup\":\"web\"}",
        "BaselineId");
    String window =
        made(
            client,
            "CreateMaintenanceWindow",
            "{\"Name\":\"measured\",\"Schedule\":\"cron(0 2 ? * SUN *)\",\"Duration\":2,"
                + "\"Cutoff\":1,\"AllowUnassociatedTargets\":true}",
            "WindowId");
    made(
        client,
        "CreateDocument",
        "{\"Name\":\"measured\",\"DocumentType\":\"Command\",\"Content\":"
            + "\"{\\\"schemaVersion\\\":\\\"2.2\\\",\\\"mainSteps\\\":[{\\\"action\\\":"
            + "\\\"aws:runShellScript\\\",\\\"name\\\":\\\"run\\\",\\\"inputs\\\":"
            + "{\\\"runCommand\\\":[\\\"true\\\"]}}]}\"}",
        "Name");
    String send = "{\"DocumentName\":\"measured\",\"InstanceIds\":[\"" + node + "\"]}";
    String command = made(client, "SendCommand", send, "CommandId");

    bodies.put("GetMaintenanceWindow", "{\"WindowId\":\"" + window + "\"}");
    bodies.put("DescribeMaintenanceWindows", "{}");
    bodies.put(
        "GetPatchBaselineForPatchGroup", "{\"PatchGroup\":\"web\",\"OperatingSystem\":\"DEBIAN\"}");
    bodies.put(
        "DescribePatchBaselines", "{\"Filters\":[{\"Key\":\"OWNER\",\"Values\":[\"Self\"]}]}");
    bodies.put("GetDocument", "{\"Name\":\"measured\"}");
    bodies.put(
        "ListTagsForResource",
        "{\"ResourceType\":\"MaintenanceWindow\",\"ResourceId\":\"" + window + "\"}");
    bodies.put(
        "GetCommandInvocation",
        "{\"CommandId\":\"" + command + "\",\"InstanceId\":\"" + node + "\"}");
    bodies.put(
        "AddTagsToResource",
        "{\"ResourceType\":\"MaintenanceWindow\",\"ResourceId\":\"%s\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"%s\"}]}"
            .formatted(window, NUMBER));
    bodies.put("SendCommand", send);
    bodies.put("CreatePatchBaseline", create.replace("measured", "measured-" + NUMBER));
  }

  /** The text that an answer has for a member. */
  private String made(TestClient client, String operation, String body, String member)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = client.call("AmazonSSM." + operation, body, credentials);
    String text = answer.body().replaceFirst("(?s).*\"" + member + "\": ?\"([^\"]+)\".*", "$1");
    if (answer.statusCode() != 200 || text.equals(answer.body())) {
      throw new AssertionError(operation + " answered " + answer.body());
    }
    return text;
  }

  /** The operations, those that change something last. */
  Iterable<String> operations() {
    return bodies.keySet();
  }

  int port() {
    return endpoint.getPort();
  }

  /** One request as it goes over the wire, signed now. */
  byte[] request(String operation) {
    String body = bodies.getOrDefault(operation, "").replace(NUMBER, Integer.toString(number++));
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AmazonSSM." + operation);
    StringBuilder text = new StringBuilder("POST / HTTP/1.1\r\n");
    text.append("Host: ").append(endpoint.getAuthority()).append("\r\n");
    headers.forEach((name, value) -> header(text, name, value));
    new RequestSigner(ServerConfig.DEFAULT_REGION, Clock.systemUTC())
        .sign(
            new OutgoingRequest(
                "ssm", "POST", endpoint, headers, Digests.sha256Hex(body.getBytes(UTF_8))),
            credentials)
        .forEach((name, value) -> header(text, name, value));
    header(text, "Content-Length", Integer.toString(body.length()));
    return text.append("\r\n").append(body).toString().getBytes(UTF_8);
  }

  private static void header(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
}

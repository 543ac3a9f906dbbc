package dev.fleetmend.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.HttpServers;
import dev.fleetmend.server.operation.Access;
import dev.fleetmend.server.operation.AccessTable;
import dev.fleetmend.server.operation.ResourceMember;
import dev.fleetmend.server.operation.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the audit says of requests that came over HTTP. */
class AuditTest {
  @TempDir private Path folder;

  private static List<JsonNode> events(HttpServers server, String filter) throws Exception {
    return StreamSupport.stream(
            server.ok("Fleetmend.ListAudit", filter).path("Events").spliterator(), false)
        .toList();
  }

  private static JsonNode only(HttpServers server, String filter) throws Exception {
    List<JsonNode> events = events(server, filter);
    assertThat(events).as(filter).hasSize(1);
    return events.getFirst();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aChangeNamesItsKeyItsResourceAndItsRequest(Databases engine) throws Exception {
    try (HttpServers server = HttpServers.start(folder, engine.fresh(folder))) {
      HttpResponse<String> made =
          server
              .client()
              .call("AmazonSSM.CreatePatchBaseline", "{\"Name\":\"web\"}", server.admin());
      String id = made.body().replaceAll(".*(pb-[0-9a-f]{17}).*", "$1");
      server.ok("AmazonSSM.DescribePatchBaselines", "{}");

      JsonNode event = only(server, "{\"Resource\":\"" + id + "\"}");

      assertThat(event.path("Operation").asText()).isEqualTo("ssm:CreatePatchBaseline");
      assertThat(event.path("CallerType").asText()).isEqualTo("key");
      assertThat(event.path("Caller").asText()).isEqualTo(server.admin().accessKeyId());
      assertThat(event.path("Role").asText()).isEqualTo("admin");
      assertThat(event.path("Outcome").asText()).isEqualTo("Success");
      assertThat(event.path("SourceAddress").asText()).isEqualTo("127.0.0.1");
      assertThat(event.path("RequestId").asText())
          .isEqualTo(made.headers().firstValue("x-amzn-RequestId").orElseThrow());
      assertThat(event.at("/Resources/0").asText())
          .isEqualTo("arn:aws:ssm:us-east-1:000000000000:patchbaseline/" + id);
      assertThat(event.path("Time").asDouble())
          .isBetween(System.currentTimeMillis() / 1e3 - 60, System.currentTimeMillis() / 1e3 + 1);
      // The key that the test has was made by the owner of the machine; reads are not there.
      assertThat(events(server, "{}"))
          .extracting(one -> one.path("CallerType").asText())
          .containsExactly("key", "local");
    }
  }

  @Test
  void everyOperationThatMakesSomethingNamesIt() throws Exception {
    try (HttpServers server = HttpServers.start(folder, Databases.SQLITE.fresh(folder))) {
      HttpNode node = HttpNode.enrol(server.client(), server.admin());
      String window =
          server
              .ok(
                  "AmazonSSM.CreateMaintenanceWindow",
                  "{\"Name\":\"web\",\"Schedule\":\"rate(1 day)\",\"Duration\":2,\"Cutoff\":1,"
                      + "\"AllowUnassociatedTargets\":true}")
              .path("WindowId")
              .asText();
      String targets = "[{\"Key\":\"InstanceIds\",\"Values\":[\"" + node.id() + "\"]}]";
      Map<String, String> requests =
          Map.of(
              "CreateActivation",
              "{\"IamRole\":\"fleet\"}",
              "CreatePatchBaseline",
              "{\"Name\":\"web\"}",
              "RegisterTargetWithMaintenanceWindow",
              "{\"WindowId\":\"%s\",\"ResourceType\":\"INSTANCE\",\"Targets\":%s}"
                  .formatted(window, targets),
              "RegisterTaskWithMaintenanceWindow",
              "{\"WindowId\":\"%s\",\"TaskType\":\"RUN_COMMAND\",\"TaskArn\":\"AWS-RunShellScript\",\"Targets\":%s,\"MaxConcurrency\":\"1\",\"MaxErrors\":\"0\"}"
                  .formatted(window, targets),
              "SendCommand",
              "{\"DocumentName\":\"AWS-RunShellScript\",\"InstanceIds\":[\"%s\"],\"Parameters\":{\"commands\":[\"true\"]}}"
                  .formatted(node.id()),
              "CreateAccessKey",
              "{\"Role\":\"viewer\"}",
              "PreviewPatchOperation",
              "{\"Operation\":\"Install\",\"InstanceIds\":[\"%s\"]}".formatted(node.id()));
      for (Map.Entry<String, String> one : requests.entrySet()) {
        server.ok(target(one.getKey()), one.getValue());
      }

      for (Access access : AccessTable.load().rows()) {
        for (ResourceMember member : access.resources()) {
          if (member.ofAnswer()) {
            assertThat(
                    events(server, "{\"Operation\":\"" + access.action() + "\"}")
                        .getFirst()
                        .path("Resources"))
                .as(access.action().toString())
                .anySatisfy(
                    named -> assertThat(named.asText()).contains(":" + member.type() + "/"));
          }
        }
      }
    }
  }

  private static String target(String operation) {
    boolean ours = operation.endsWith("AccessKey") || operation.startsWith("Preview");
    return (ours ? "Fleetmend." : "AmazonSSM.") + operation;
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void refusalsAreRecordedWithTheirCode(Databases engine) throws Exception {
    try (HttpServers server = HttpServers.start(folder, engine.fresh(folder))) {
      Credentials viewer =
          HttpServers.credentials(server.server().createKey(Role.VIEWER, "dashboard"));
      server.code(
          "AmazonSSM.DeletePatchBaseline", "{\"BaselineId\":\"pb-0123456789abcdef0\"}", viewer);
      server.code("Fleetmend.ListAccessKeys", "{}", viewer);
      server.code("AmazonSSM.DescribePatchBaselines", "{\"MaxResults\":-1}", viewer);

      assertThat(events(server, "{\"Key\":\"" + viewer.accessKeyId() + "\"}"))
          .extracting(one -> one.path("Operation").asText() + " " + one.path("Outcome").asText())
          .containsExactlyInAnyOrder(
              "fleetmend:ListAccessKeys AccessDeniedException",
              "ssm:DeletePatchBaseline AccessDeniedException");
      assertThat(only(server, "{\"Resource\":\"pb-0123456789abcdef0\"}").path("Role").asText())
          .isEqualTo("viewer");

      server.code("AmazonSSM.GetPatchBaseline", "{}", new Credentials("FMKEYWRONG", "x", null));
      server.client().unsigned("AmazonSSM.GetPatchBaseline", "{}");
      assertThat(events(server, "{\"Operation\":\"GetPatchBaseline\"}"))
          .extracting(
              one ->
                  one.path("CallerType").asText()
                      + " "
                      + one.path("Caller").asText()
                      + " "
                      + one.path("Outcome").asText())
          .containsExactlyInAnyOrder(
              "claimed FMKEYWRONG UnrecognizedClientException",
              "claimed  MissingAuthenticationTokenException");

      server.code("AmazonSSM.CreatePatchBaseline", "{\"Name\":\"\"}", server.admin());
      server.code(
          "AmazonSSM.UpdatePatchBaseline",
          "{\"BaselineId\":\"pb-0123456789abcdef1\"}",
          server.admin());
      assertThat(only(server, "{\"Operation\":\"CreatePatchBaseline\"}").path("Outcome").asText())
          .isEqualTo("ValidationException");
      assertThat(only(server, "{\"Resource\":\"pb-0123456789abcdef1\"}").path("Outcome").asText())
          .isEqualTo("DoesNotExistException");
      assertThat(events(server, "{\"Outcome\":\"Refused\"}"))
          .hasSize(6)
          .noneMatch(one -> one.path("Outcome").asText().equals("Success"));
      assertThat(events(server, "{\"Outcome\":\"Success\"}"))
          .isNotEmpty()
          .allMatch(one -> one.path("Outcome").asText().equals("Success"));
      assertThat(only(server, "{\"Outcome\":\"ValidationException\"}").path("Operation").asText())
          .isEqualTo("ssm:CreatePatchBaseline");
    }
  }

  @Test
  void whatNodesTellAllDayIsNotRecordedButTheirRefusalsAre() throws Exception {
    try (HttpServers server = HttpServers.start(folder, Databases.SQLITE.fresh(folder))) {
      HttpNode node = HttpNode.enrol(server.client(), server.admin());
      HttpNode other = HttpNode.enrol(server.client(), server.admin());
      for (int i = 0; i < 5; i++) {
        node.beat(server.client());
      }
      node.renewed(server.client());
      assertThat(only(server, "{\"Resource\":\"" + node.id() + "\"}").path("Operation").asText())
          .isEqualTo("ssm:RegisterManagedInstance");
      assertThat(events(server, "{\"Key\":\"" + node.id() + "\"}")).isEmpty();

      for (int i = 0; i < 30; i++) {
        server.code(
            "AmazonSSM.PutInventory",
            "{\"InstanceId\":\""
                + other.id()
                + "\",\"Items\":[{\"TypeName\":\"Custom:A\",\"SchemaVersion\":\"1.0\","
                + "\"CaptureTime\":\"2026-11-02T10:00:00Z\"}]}",
            node.credentials());
      }

      // Twenty a minute; the clock may have gone on to the next one meanwhile.
      List<JsonNode> refused = events(server, "{\"Key\":\"" + node.id() + "\"}");
      int unrecorded = refused.stream().mapToInt(one -> one.path("Unrecorded").asInt()).sum();
      assertThat(refused.size()).isBetween(20, 30 - unrecorded);
      assertThat(refused)
          .allSatisfy(
              one -> {
                assertThat(one.path("Outcome").asText()).isEqualTo("AccessDeniedException");
                assertThat(one.path("Resources").toString()).contains(other.id());
              });
    }
  }

  @Test
  void aNodesChangeOfItsKeyIsRecordedAndSoIsAReachForAnothersChannel() throws Exception {
    try (HttpServers server = HttpServers.start(folder, Databases.SQLITE.fresh(folder))) {
      HttpNode node = HttpNode.enrol(server.client(), server.admin());
      HttpNode other = HttpNode.enrol(server.client(), server.admin());
      String next = Base64.getEncoder().encodeToString(other.key().getPublic().getEncoded());
      HttpResponse<String> announced =
          server
              .client()
              .call(
                  "AmazonSSM.UpdateManagedInstancePublicKey",
                  "{\"NewPublicKey\":\"" + next + "\",\"NewPublicKeyType\":\"Rsa\"}",
                  node.id(),
                  node.key().getPrivate());
      assertThat(announced.statusCode()).as(announced.body()).isEqualTo(200);
      JsonNode event = only(server, "{\"Key\":\"" + node.id() + "\"}");
      assertThat(event.path("Operation").asText()).isEqualTo("ssm:UpdateManagedInstancePublicKey");
      assertThat(event.path("Outcome").asText()).isEqualTo("Success");
      assertThat(event.toString()).doesNotContain(next);

      HttpResponse<String> refused = channel(server, other.id(), node.credentials());
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body())
          .startsWith("<AccessDeniedException>")
          .contains(
              "managed-node/" + node.id() + " is not authorized to perform: ssmmessages:Create",
              "managed-instance/" + other.id());
      JsonNode reach = only(server, "{\"Operation\":\"CreateControlChannel\"}");
      assertThat(reach.path("Caller").asText()).isEqualTo(node.id());
      assertThat(reach.at("/Resources/0").asText()).endsWith("managed-instance/" + other.id());
      assertThat(channel(server, node.id(), node.credentials()).statusCode()).isEqualTo(201);
    }
  }

  private static HttpResponse<String> channel(
      HttpServers server, String instanceId, Credentials credentials) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:" + server.server().port() + "/v1/control-channel/" + instanceId);
    String body = "{\"MessageSchemaVersion\":\"1.0\",\"RequestId\":\"r\"}";
    Map<String, String> headers = Map.of("Content-Type", "application/json");
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers.forEach(request::header);
    new RequestSigner("us-east-1", Clock.systemUTC())
        .sign(
            new OutgoingRequest(
                "ssmmessages", "POST", uri, headers, Digests.sha256Hex(body.getBytes(UTF_8))),
            credentials)
        .forEach(request::header);
    return server.client().send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  @Test
  void noSecretIsInTheAudit() throws Exception {
    Path database = folder.resolve("audit.db");
    try (HttpServers server = HttpServers.start(folder, "jdbc:sqlite:" + database)) {
      HttpNode node = HttpNode.enrol(server.client(), server.admin());
      JsonNode activation = server.ok("AmazonSSM.CreateActivation", "{\"IamRole\":\"fleet\"}");
      JsonNode key = server.ok("Fleetmend.CreateAccessKey", "{\"Role\":\"viewer\"}");
      server.ok(
          "AmazonSSM.SendCommand",
          "{\"DocumentName\":\"AWS-RunShellScript\",\"InstanceIds\":[\"%s\"],\"Comment\":\"hush-comment\",\"Parameters\":{\"commands\":[\"echo hush-parameter\"]}}"
              .formatted(node.id()));
      server
          .client()
          .unsigned(
              "AmazonSSM.RegisterManagedInstance",
              "{\"ActivationCode\":\"hush-guess\",\"ActivationId\":\""
                  + activation.path("ActivationId").asText()
                  + "\"}");

      String all = server.ok("Fleetmend.ListAudit", "{\"MaxResults\":1000}").toString();

      assertThat(all)
          .contains(
              activation.path("ActivationId").asText(),
              key.path("AccessKeyId").asText(),
              "ssm:SendCommand",
              "ValidationException")
          .doesNotContain(
              activation.path("ActivationCode").asText(),
              key.path("SecretAccessKey").asText(),
              "hush");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void pagesHoldEveryEventOnceAndFiltersNarrow(Databases engine) throws Exception {
    try (HttpServers server = HttpServers.start(folder, engine.fresh(folder))) {
      for (int i = 0; i < 12; i++) {
        server.ok(
            "AmazonSSM.CreateMaintenanceWindow",
            "{\"Name\":\"web-%d\",\"Schedule\":\"rate(1 day)\",\"Duration\":2,\"Cutoff\":1,\"AllowUnassociatedTargets\":true}"
                .formatted(i));
      }
      List<String> walked = new ArrayList<>();
      String token = "";
      do {
        JsonNode page =
            server.ok(
                "Fleetmend.ListAudit",
                "{\"Operation\":\"ssm:CreateMaintenanceWindow\",\"MaxResults\":5,\"NextToken\":\""
                    + token
                    + "\"}");
        page.path("Events").forEach(event -> walked.add(event.path("RequestId").asText()));
        token = page.path("NextToken").asText("");
      } while (!token.isEmpty());
      assertThat(walked).hasSize(12).doesNotHaveDuplicates();

      List<JsonNode> all = events(server, "{\"Operation\":\"CreateMaintenanceWindow\"}");
      assertThat(all).hasSize(12);
      String oldest = all.getLast().path("Time").asText();
      assertThat(events(server, "{\"Until\":" + oldest + "}"))
          .extracting(one -> one.path("CallerType").asText())
          .containsExactly("local");
      assertThat(events(server, "{\"Since\":" + oldest + "}")).hasSize(12);
      assertThat(events(server, "{\"Key\":\"FMKEYNOBODY\"}")).isEmpty();
      assertThat(server.code("Fleetmend.ListAudit", "{\"NextToken\":\"?\"}", server.admin()))
          .isEqualTo("InvalidNextToken");
      assertThat(server.code("Fleetmend.ListAudit", "{\"MaxResults\":1001}", server.admin()))
          .isEqualTo("ValidationException");
    }
  }
}

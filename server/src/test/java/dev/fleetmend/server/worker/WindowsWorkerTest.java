package dev.fleetmend.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.http.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Windows worker's contract over the real protocol, with a stand-in for PowerShell. */
class WindowsWorkerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private FleetmendServer server;
  private TestClient client;
  private Credentials administrator;
  private HttpNode node;
  private StockAgent agent;
  private Path host;

  @BeforeEach
  void start() throws Exception {
    server =
        FleetmendServer.start(ServerConfig.local(folder.resolve("data"), 0), Clock.systemUTC());
    AccessKey key = server.accessKeys().createAdministrator();
    administrator = new Credentials(key.id(), key.secret(), null);
    client =
        new TestClient(URI.create(address() + "/"), ServerConfig.DEFAULT_REGION, Clock.systemUTC());
    node = StockAgent.enrol(client, administrator, "Windows");
    host = folder.resolve("host.json");
    Files.write(host, Fixtures.bytes("windows-server-2019.json"));
    agent =
        new StockAgent(
            client,
            node,
            "Windows",
            List.of(StandInPowerShell.executable(folder).toString(), "-File"),
            folder,
            Map.of("STAND_IN_HOST", host.toString(), "STAND_IN_SERVER", address()),
            this::reboot);
    baseline("SecurityUpdates", 0);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aScanTellsStatesAndCountsAsAwsDoes() throws Exception {
    String command = send("Scan", "\"RebootOption\":[\"NoReboot\"]");

    assertThat(agent.work().code()).isZero();

    assertThat(states())
        .containsEntry("KB5061010", "Missing")
        .containsEntry("KB5060900", "NotApplicable")
        .containsEntry("KB123456", "Missing")
        .containsEntry("KB5061928", "Missing")
        .containsEntry("KB5061777", "AvailableSecurityUpdate")
        .containsEntry("KB5012170", "Installed")
        .containsEntry("KB5061539", "Installed")
        .containsEntry("KB4512578", "InstalledOther")
        .doesNotContainKeys("KB5061650", "KB890830");
    JsonNode state = patchState();
    assertThat(state.path("MissingCount").asInt()).isEqualTo(3);
    assertThat(state.path("InstalledCount").asInt()).isEqualTo(2);
    assertThat(state.path("AvailableSecurityUpdateCount").asInt()).isEqualTo(2);
    assertThat(state.path("SecurityNonCompliantCount").asInt()).isEqualTo(3);
    JsonNode invocation =
        call(
            "GetCommandInvocation",
            "{\"CommandId\":\"%s\",\"InstanceId\":\"%s\"}",
            command,
            node.id());
    assertThat(invocation.path("PluginName").asText()).isEqualTo("PatchWindows");
    assertThat(invocation.path("Status").asText()).isEqualTo("Success");
    assertThat(invocation.path("StandardOutputContent").asText()).contains("NON_COMPLIANT");
    JsonNode patch =
        call(
                "DescribeInstancePatches",
                "{\"InstanceId\":\"%s\",\"Filters\":[{\"Key\":\"KBId\",\"Values\":[\"KB123456\"]}]}",
                node.id())
            .at("/Patches/0");
    assertThat(patch.path("Title").asText()).startsWith("Security Update for Windows Server 2019");
    assertThat(patch.path("CVEIds").asText()).isEqualTo("CVE-2026-12345");
  }

  @Test
  void whatWaitsForApprovalIsAnItemOfTheComplianceThatTheBaselineSays() throws Exception {
    send("Scan", "\"RebootOption\":[\"NoReboot\"]");
    agent.work();
    assertThat(items("AvailableSecurityUpdate")).containsOnly("COMPLIANT").hasSize(2);

    String baseline =
        call("GetDefaultPatchBaseline", "{\"OperatingSystem\":\"WINDOWS\"}")
            .path("BaselineId")
            .asText();
    call(
        "UpdatePatchBaseline",
        "{\"BaselineId\":\"%s\",\"AvailableSecurityUpdatesComplianceStatus\":\"NON_COMPLIANT\"}",
        baseline);
    send("Scan", "\"RebootOption\":[\"NoReboot\"]");
    agent.work();

    assertThat(items("AvailableSecurityUpdate")).containsOnly("NON_COMPLIANT").hasSize(2);
    assertThat(items("Installed")).containsOnly("COMPLIANT");
    assertThat(patchState().path("SecurityNonCompliantCount").asInt()).isEqualTo(5);
    assertThat(
            call("ListResourceComplianceSummaries", "{}")
                .at("/ResourceComplianceSummaryItems/0/NonCompliantSummary/NonCompliantCount")
                .asInt())
        .isEqualTo(5);
  }

  /** The statuses of the compliance items of patches in a state. */
  private List<String> items(String state) throws Exception {
    List<String> statuses = new ArrayList<>();
    call(
            "ListComplianceItems",
            "{\"ResourceIds\":[\"%s\"],\"ResourceTypes\":[\"ManagedInstance\"],\"MaxResults\":50}",
            node.id())
        .path("ComplianceItems")
        .forEach(
            item -> {
              if (item.at("/Details/PatchState").asText().equals(state)) {
                statuses.add(item.path("Status").asText());
              }
            });
    return statuses;
  }

  @Test
  void anInstallRebootsGoesOnAndReportsWhatFailed() throws Exception {
    change("KB5061010", update -> update.put("reboots", true));
    change("KB5061928", update -> update.put("failsWith", 0x80070643L));
    send("Install", "\"RebootOption\":[\"RebootIfNeeded\"]");

    StockAgent.Ended ended = agent.work();

    assertThat(ended.reboots()).isEqualTo(1);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("Failed KB5061928");
    assertThat(states())
        .containsEntry("KB5061010", "Installed")
        .containsEntry("KB123456", "Installed")
        .containsEntry("KB5061928", "Failed");
    assertThat(patchState().path("FailedCount").asInt()).isEqualTo(1);
  }

  @Test
  void anOverrideReplacesTheBaselineAndAListTheSelectionButNotBoth() throws Exception {
    try (Served served = new Served()) {
      String baseline =
          "\"BaselineOverride\":[\"%s\"]"
              .formatted(
                  served.at(
                      "/baseline.json",
                      "[{\"OperatingSystem\":\"WINDOWS\",\"ApprovedPatches\":[\"KB5061777\"]}]"));
      String list =
          "\"InstallOverrideList\":[\"%s\"]"
              .formatted(served.at("/list.yaml", "patches:\n  - id: KB5061928\n"));

      send("Scan", baseline);
      assertThat(agent.work().code()).isZero();
      assertThat(states())
          .containsEntry("KB5061777", "Missing")
          .doesNotContainEntry("KB123456", "Missing");

      String before = Files.readString(host);
      send("Install", "\"RebootOption\":[\"NoReboot\"]," + baseline + "," + list);
      StockAgent.Ended both = agent.work();
      assertThat(both.code()).isEqualTo(1);
      assertThat(both.error()).contains("exclude each other");
      assertThat(host).hasContent(before);

      send("Install", "\"RebootOption\":[\"NoReboot\"]," + list);
      assertThat(agent.work().code()).isZero();
      assertThat(states())
          .containsEntry("KB5061928", "InstalledPendingReboot")
          .containsEntry("KB123456", "Missing")
          .containsEntry("KB5061010", "Missing");
    }
  }

  @Test
  void withoutARebootWhatWentInWaitsForOne() throws Exception {
    change("KB5061010", update -> update.put("reboots", true));
    send("Install", "\"RebootOption\":[\"NoReboot\"]");

    assertThat(agent.work().reboots()).isZero();

    assertThat(states()).containsEntry("KB5061010", "InstalledPendingReboot");
    reboot();
    send("Scan", "\"RebootOption\":[\"NoReboot\"]");
    agent.work();
    assertThat(states()).containsEntry("KB5061010", "Installed");
  }

  @Test
  void anUninstallTakesOutWhatWindowsLetsGoAndHoldsItBack() throws Exception {
    send("Uninstall", "\"PatchIds\":[\"KB5061539\",\"KB5012170\",\"KB7777777\"]");

    StockAgent.Ended ended = agent.work();

    assertThat(ended.code()).isZero();
    assertThat(ended.output())
        .contains("KB5012170 is left in")
        .contains("KB7777777 is not installed");
    assertThat(states())
        .containsEntry("KB5061539", "NotApplicable")
        .containsEntry("KB5012170", "Installed");
  }

  @Test
  void theCatalogueIsShownAndTheSnapshotHasWhatIsApproved() throws Exception {
    send("Scan", "\"RebootOption\":[\"NoReboot\"]");
    agent.work();

    JsonNode applications =
        call(
            "DescribeAvailablePatches",
            "{\"Filters\":[{\"Key\":\"PATCH_SET\",\"Values\":[\"APPLICATION\"]},{\"Key\":\"PRODUCT_FAMILY\",\"Values\":[\"Office\"]}]}");
    assertThat(applications.path("Patches")).hasSize(1);
    assertThat(applications.at("/Patches/0/KbNumber").asText()).isEqualTo("KB5002500");
    assertThat(applications.at("/Patches/0/Product").asText()).isEqualTo("Office 2016");
    JsonNode one =
        call(
            "DescribeAvailablePatches",
            "{\"Filters\":[{\"Key\":\"PATCH_ID\",\"Values\":[\"KB123456\"]},{\"Key\":\"MSRC_SEVERITY\",\"Values\":[\"Critical\"]}]}");
    assertThat(one.at("/Patches/0/MsrcNumber").asText()).isEqualTo("MS26-048");
    String own =
        call("GetDefaultPatchBaseline", "{\"OperatingSystem\":\"WINDOWS\"}")
            .path("BaselineId")
            .asText();
    JsonNode effective =
        call("DescribeEffectivePatchesForPatchBaseline", "{\"BaselineId\":\"%s\"}", own);
    assertThat(effective.path("EffectivePatches"))
        .extracting(patch -> patch.at("/Patch/KbNumber").asText())
        .contains("KB5061010", "KB123456")
        .doesNotContain("KB890830", "KB5002500");
    String url =
        call(
                "GetDeployablePatchSnapshotForInstance",
                "{\"InstanceId\":\"%s\",\"SnapshotId\":\"0b5b1f2e-6f0e-4a53-9f63-2f3a1c0a9d11\"}",
                node.id())
            .path("SnapshotDownloadUrl")
            .asText();
    HttpResponse<String> snapshot = client.send(HttpRequest.newBuilder(URI.create(url)).build());
    assertThat(JSON.readTree(snapshot.body()).path("patches"))
        .extracting(patch -> patch.path("kbNumber").asText())
        .contains("KB5061010", "KB123456");
  }

  @Test
  void theTokenIsShownNowhereAndGoodForOneFactsPostOnly() throws Exception {
    String command = send("Scan", "\"RebootOption\":[\"NoReboot\"]");
    agent.work();
    String token = token(agent.lastScript());

    for (String shown :
        List.of(
            call("ListCommands", "{\"CommandId\":\"%s\"}", command).toString(),
            call("ListCommandInvocations", "{\"CommandId\":\"%s\",\"Details\":true}", command)
                .toString(),
            call(
                    "GetCommandInvocation",
                    "{\"CommandId\":\"%s\",\"InstanceId\":\"%s\",\"PluginName\":\"PatchWindows\"}",
                    command,
                    node.id())
                .toString(),
            call("GetDocument", "{\"Name\":\"AWS-RunPatchBaseline\"}").toString())) {
      assertThat(shown).doesNotContain(token);
    }
    try (var files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(token);
      }
    }
    assertThat(post("/worker/facts", token, Files.readString(host)).statusCode()).isEqualTo(403);
    assertThat(post("/worker/plan", token, Files.readString(host)).statusCode()).isEqualTo(403);
  }

  @Test
  void hostilePostsChangeNothing() throws Exception {
    send("Install", "\"RebootOption\":[\"NoReboot\"]");
    JsonNode message = agent.fetch();
    JsonNode payload = JSON.readTree(message.path("Payload").asText());
    String token = token(agent.script(payload, agent.step(payload)));
    String facts = Files.readString(host);

    for (String wrong :
        List.of("", "x", "0".repeat(64), token + "0", token.toUpperCase(Locale.ROOT))) {
      assertThat(post("/worker/facts", wrong, facts).statusCode()).as(wrong).isEqualTo(403);
    }
    for (String body :
        List.of(
            "",
            "nonsense",
            "[]",
            "{}",
            "{\"contract\":2}",
            "[".repeat(10_000),
            facts.replace("\"updateId\": \"00000001", "\"updateId\": \"\\u0000"))) {
      HttpResponse<String> answer = post("/worker/facts", token, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }
    assertThat(post("/worker/facts", token, " ".repeat((8 << 20) + 1)).statusCode()).isEqualTo(413);
    assertThat(
            call("DescribeInstancePatches", "{\"InstanceId\":\"%s\"}", node.id()).path("Patches"))
        .isEmpty();
    assertThat(post("/worker/plan", token, facts).statusCode()).isEqualTo(200);
    assertThat(post("/worker/plan", token, facts).statusCode()).isEqualTo(403);

    call("CancelCommand", "{\"CommandId\":\"%s\"}", payload.path("CommandId").asText());
  }

  private void baseline(String classification, int delay) throws Exception {
    String id =
        call(
                "CreatePatchBaseline",
                "{\"Name\":\"windows\",\"OperatingSystem\":\"WINDOWS\",\"ApprovalRules\":{\"PatchRules\":[{\"PatchFilterGroup\":{\"PatchFilters\":[{\"Key\":\"CLASSIFICATION\",\"Values\":[\"%s\"]},{\"Key\":\"MSRC_SEVERITY\",\"Values\":[\"Critical\",\"Important\"]}]},\"ApproveAfterDays\":%s,\"ComplianceLevel\":\"HIGH\"}]}}",
                classification,
                delay)
            .path("BaselineId")
            .asText();
    call("RegisterDefaultPatchBaseline", "{\"BaselineId\":\"%s\"}", id);
  }

  private String send(String operation, String parameters) throws Exception {
    return call(
            "SendCommand",
            "{\"DocumentName\":\"AWS-RunPatchBaseline\",\"InstanceIds\":[\"%s\"],\"Parameters\":{\"Operation\":[\"%s\"],%s}}",
            node.id(),
            operation,
            parameters)
        .at("/Command/CommandId")
        .asText();
  }

  private Map<String, String> states() throws Exception {
    Map<String, String> states = new TreeMap<>();
    for (JsonNode patch :
        call("DescribeInstancePatches", "{\"InstanceId\":\"%s\",\"MaxResults\":100}", node.id())
            .path("Patches")) {
      states.put(patch.path("KBId").asText(), patch.path("State").asText());
    }
    return states;
  }

  private JsonNode patchState() throws Exception {
    return call("DescribeInstancePatchStates", "{\"InstanceIds\":[\"%s\"]}", node.id())
        .at("/InstancePatchStates/0");
  }

  private JsonNode call(String operation, String body, Object... values) throws Exception {
    return StockAgent.call(client, administrator, operation, body, values);
  }

  private HttpResponse<String> post(String path, String token, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("X-Fleetmend-Token", token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private String address() {
    return "http://127.0.0.1:" + server.port();
  }

  private void change(String kb, Consumer<ObjectNode> change) throws IOException {
    JsonNode read = JSON.readTree(host.toFile());
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode update : read.path("updates")) {
      if (("KB" + update.at("/kbArticleIds/0").asText()).equals(kb)) {
        found.add((ObjectNode) update);
      }
    }
    assertThat(found).hasSize(1);
    change.accept(found.getFirst());
    JSON.writeValue(host.toFile(), read);
  }

  /** What a reboot does to the stand-in's host. */
  private void reboot() {
    try {
      JsonNode read = JSON.readTree(host.toFile());
      ((ObjectNode) read.path("os"))
          .put("bootId", read.at("/os/bootId").asText() + "x")
          .put("rebootRequired", false);
      read.path("updates").forEach(update -> ((ObjectNode) update).put("rebootRequired", false));
      JSON.writeValue(host.toFile(), read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token(String script) {
    Matcher token = Pattern.compile("\\$token = '([0-9a-f]{64})'").matcher(script);
    assertThat(token.find()).isTrue();
    return token.group(1);
  }
}

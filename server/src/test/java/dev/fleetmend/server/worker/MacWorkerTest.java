package dev.fleetmend.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.http.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The macOS worker's own script, run by this machine's shell with stand-ins for Apple's tools. */
class MacWorkerTest {
  private static final Path SHELL = Path.of("/bin/sh");

  @TempDir Path folder;

  private FleetmendServer server;
  private TestClient client;
  private Credentials administrator;
  private HttpNode node;
  private StockAgent agent;
  private Path tools;

  @BeforeEach
  void start() throws Exception {
    if (!Files.isExecutable(SHELL) || !Files.isExecutable(Path.of("/usr/bin/curl"))) {
      Assumptions.abort("there is no /bin/sh or no curl");
    }
    server =
        FleetmendServer.start(ServerConfig.local(folder.resolve("data"), 0), Clock.systemUTC());
    AccessKey key = server.accessKeys().createAdministrator();
    administrator = new Credentials(key.id(), key.secret(), null);
    String address = "http://127.0.0.1:" + server.port();
    client =
        new TestClient(URI.create(address + "/"), ServerConfig.DEFAULT_REGION, Clock.systemUTC());
    node = StockAgent.enrol(client, administrator, "MacOS");
    tools = Files.createDirectory(folder.resolve("tools"));
    Files.write(tools.resolve("list"), Fixtures.bytes("softwareupdate-list.txt"));
    Files.write(tools.resolve("history"), Fixtures.bytes("install-history.json"));
    Files.writeString(tools.resolve("boot"), "0F1E2D3C-1111-4222-8333-444455556666\n");
    tool("softwareupdate", Fixtures.text("softwareupdate.sh"));
    tool("system_profiler", "cat \"$TOOLS/history\"\n");
    tool("sw_vers", "echo 14.6.1\n");
    tool(
        "sysctl",
        "case $2 in kern.bootsessionuuid) cat \"$TOOLS/boot\" ;; *) echo '{ sec = 1793577600, usec = 0 } Mon Nov  2 00:00:00 2026' ;; esac\n");
    Path config =
        Files.writeString(
            folder.resolve("agent.json"),
            "{\n  \"Ssm\": {\n    \"Endpoint\": \"%s\"\n  }\n}\n".formatted(address));
    agent =
        new StockAgent(
            client,
            node,
            "MacOS",
            List.of(SHELL.toString()),
            folder,
            Map.of(
                "PATH", tools + ":" + System.getenv("PATH"),
                "TOOLS", tools.toString(),
                "FLEETMEND_AGENT_CONFIG", config.toString(),
                "FLEETMEND_WORKER_STATE", folder.resolve("state").toString()),
            this::reboot);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aScanShowsWhatIsOnOfferAndWhatIsInstalled() throws Exception {
    String command = send("Scan", "NoReboot");

    StockAgent.Ended ended = agent.work();

    assertThat(ended.code()).as(ended.error()).isZero();
    assertThat(states())
        .containsEntry("macOS Sonoma 14.7.1-23H222", "Missing")
        .containsEntry("Command Line Tools for Xcode-16.1", "Missing")
        .containsEntry("macOS 14.6.1", "Installed")
        .containsEntry("Example Viewer", "Installed");
    JsonNode invocation =
        call(
            "GetCommandInvocation",
            "{\"CommandId\":\"%s\",\"InstanceId\":\"%s\"}",
            command,
            node.id());
    assertThat(invocation.path("PluginName").asText()).isEqualTo("PatchMacOS");
  }

  @Test
  void anInstallRestartsGoesOnAndReportsWhatFailed() throws Exception {
    Files.writeString(tools.resolve("fails"), "Safari18.1SonomaAuto-18.1\n");
    send("Install", "RebootIfNeeded");

    StockAgent.Ended ended = agent.work();

    assertThat(ended.reboots()).isEqualTo(1);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(states())
        .containsEntry("Safari18.1SonomaAuto-18.1", "Failed")
        .doesNotContainKey("macOS Sonoma 14.7.1-23H222")
        .doesNotContainKey("Command Line Tools for Xcode-16.1");
    assertThat(folder.resolve("state")).isEmptyDirectory();
  }

  @Test
  void anOverrideReplacesTheBaselineAndAListTheSelectionButNotBoth() throws Exception {
    try (Served served = new Served()) {
      String baseline =
          served.at(
              "/baseline.json",
              "[{\"OperatingSystem\":\"MACOS\",\"ApprovedPatches\":[\"Safari18.1SonomaAuto-18.1\"]}]");
      String list =
          served.at("/list.yaml", "patches:\n  - id: 'Command Line Tools for Xcode-16.1'\n");

      send("Scan", "NoReboot", ",\"BaselineOverride\":[\"" + baseline + "\"]");
      assertThat(agent.work().code()).isZero();
      assertThat(states())
          .containsEntry("Safari18.1SonomaAuto-18.1", "Missing")
          .doesNotContainEntry("macOS Sonoma 14.7.1-23H222", "Missing");

      send(
          "Install",
          "NoReboot",
          ",\"BaselineOverride\":[\"%s\"],\"InstallOverrideList\":[\"%s\"]"
              .formatted(baseline, list));
      StockAgent.Ended both = agent.work();
      assertThat(both.code()).isEqualTo(1);
      assertThat(both.error()).contains("exclude each other");
      assertThat(tools.resolve("list")).hasBinaryContent(Fixtures.bytes("softwareupdate-list.txt"));

      send("Install", "NoReboot", ",\"InstallOverrideList\":[\"" + list + "\"]");
      StockAgent.Ended chosen = agent.work();
      assertThat(chosen.code()).as(chosen.error()).isZero();
      assertThat(tools.resolve("list"))
          .content()
          .contains("Safari18.1SonomaAuto", "macOS Sonoma 14.7.1")
          .doesNotContain("Command Line Tools");

      send(
          "Scan",
          "NoReboot",
          ",\"BaselineOverride\":[\"" + baseline.replace("baseline", "none") + "\"]");
      StockAgent.Ended gone = agent.work();
      assertThat(gone.code()).isEqualTo(1);
      assertThat(gone.error()).contains("cannot be fetched. Nothing was changed.");
    }
  }

  @Test
  void whatFailsBeforeAnythingIsRecordedSaysSo() throws Exception {
    tool("softwareupdate", "echo 'The Internet connection appears to be offline.' >&2; exit 1\n");
    send("Scan", "NoReboot");

    StockAgent.Ended ended = agent.work();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.error()).contains("offline").contains("Nothing was recorded");
    assertThat(states()).isEmpty();
  }

  @Test
  void theOtherPatchDocumentsWorkHereOrSayWhyNot() throws Exception {
    String baseline =
        call(
                "CreatePatchBaseline",
                "{\"Name\":\"staged\",\"OperatingSystem\":\"MACOS\",\"ApprovedPatches\":[\"Safari18.1SonomaAuto-18.1\"],"
                    + "\"Tags\":[{\"Key\":\"stage\",\"Value\":\"test\"}]}")
            .path("BaselineId")
            .asText();

    StockAgent.Ended tagged =
        work(
            "AWS-RunPatchBaselineAssociation",
            "\"Operation\":[\"Scan\"],\"BaselineTags\":[\"Key=stage,Values=test\"]");
    assertThat(tagged.code()).as(tagged.error()).isZero();
    assertThat(tagged.output()).contains("judged by " + baseline);
    assertThat(states()).containsEntry("Safari18.1SonomaAuto-18.1", "Missing");

    StockAgent.Ended brought =
        work(
            "Fleetmend-RunPatchBaseline",
            "\"Operation\":[\"Install\"],\"RebootOption\":[\"NoReboot\"],\"BaselineOverrideText\":"
                + "[\"[{\\\"OperatingSystem\\\":\\\"MACOS\\\"}]\"]");
    assertThat(brought.code()).as(brought.error()).isZero();
    assertThat(tools.resolve("list")).hasBinaryContent(Fixtures.bytes("softwareupdate-list.txt"));

    assertThat(work("Fleetmend-RunPatchBaseline", "\"Operation\":[\"PreviewInstall\"]"))
        .extracting(
            StockAgent.Ended::code,
            ended ->
                ended
                    .error()
                    .contains(
                        "Nothing was changed: Operation PreviewInstall is for nodes with Linux"))
        .containsExactly(1, true);
    assertThat(
            work(
                    "Fleetmend-RunPatchBaseline",
                    "\"Operation\":[\"Install\"],\"NotRevertible\":[\"refuse\"]")
                .error())
        .contains("Nothing was changed: NotRevertible is refuse");
    assertThat(work("Fleetmend-RollbackPatches", "").error())
        .contains("macOS cannot take an update out again");
    assertThat(work("AWS-UpdateSSMAgent", "").error()).contains("Nothing was changed");
    assertThat(work("AWS-GatherSoftwareInventory", "").error()).contains("Nothing was sent");
  }

  @Test
  void aServiceSettingRefusesWhatCannotBeTakenBackUnlessTheRunSaysOtherwise() throws Exception {
    call(
        "UpdateServiceSetting",
        "{\"SettingId\":\"/fleetmend/patch/not-revertible\",\"SettingValue\":\"refuse\"}");
    send("Install", "NoReboot");

    StockAgent.Ended refused = agent.work();

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.error())
        .contains("Nothing was changed: the service setting /fleetmend/patch/not-revertible");
    assertThat(tools.resolve("list")).hasBinaryContent(Fixtures.bytes("softwareupdate-list.txt"));

    StockAgent.Ended warned =
        work(
            "Fleetmend-RunPatchBaseline",
            "\"Operation\":[\"Install\"],\"RebootOption\":[\"NoReboot\"],\"NotRevertible\":[\"warn\"]");
    assertThat(warned.code()).as(warned.error()).isZero();
    assertThat(states()).containsValue("Installed");
    assertThat(tools.resolve("list").toFile().length())
        .isLessThan(Fixtures.bytes("softwareupdate-list.txt").length);
  }

  /** Sends a document and does what it says. */
  private StockAgent.Ended work(String document, String parameters) throws Exception {
    call(
        "SendCommand",
        "{\"DocumentName\":\"%s\",\"InstanceIds\":[\"%s\"],\"Parameters\":{%s}}",
        document,
        node.id(),
        parameters);
    return agent.work();
  }

  @Test
  void anUninstallIsRefused() throws Exception {
    send("Uninstall", "NoReboot");

    StockAgent.Ended ended = agent.work();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.error()).contains("macOS cannot take an update out again");
  }

  @Test
  void theShellFindsNothingWrongWithTheScript() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), Fixtures.script("patch-macos.sh"));
    Process check = new ProcessBuilder(SHELL.toString(), "-n", script.toString()).start();

    assertThat(check.waitFor()).isZero();
  }

  private void reboot() {
    try {
      Files.writeString(tools.resolve("boot"), "0F1E2D3C-1111-4222-8333-777788889999\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tool(String name, String script) throws IOException {
    Path tool = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script);
    assertThat(tool.toFile().setExecutable(true)).isTrue();
  }

  private String send(String operation, String rebootOption) throws Exception {
    return send(operation, rebootOption, "");
  }

  private String send(String operation, String rebootOption, String more) throws Exception {
    return call(
            "SendCommand",
            "{\"DocumentName\":\"AWS-RunPatchBaseline\",\"InstanceIds\":[\"%s\"],\"Parameters\":{\"Operation\":[\"%s\"],\"RebootOption\":[\"%s\"]%s}}",
            node.id(),
            operation,
            rebootOption,
            more)
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

  private JsonNode call(String operation, String body, Object... values) throws Exception {
    return StockAgent.call(client, administrator, operation, body, values);
  }
}

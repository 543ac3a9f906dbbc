package dev.fleetmend.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.Main;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.client.Nodes;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.node.image.AgentImage;
import dev.fleetmend.node.image.Platform;
import dev.fleetmend.protocol.sign.Digests;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.install.AgentImages;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the command that a server prints to a node that scans, over TLS, on hosts without Java. */
@Tag("lab")
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class InstallTest {
  private static final String UPDATE = "AWS-UpdateSSMAgent";
  private static final String FILES =
      "[{\"Path\":\"/etc\",\"Pattern\":[\"os-release\",\"passwd\"]}]";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private FleetmendServer server;

  @SuppressWarnings("NullAway.Init")
  private Commands commands;

  @SuppressWarnings("NullAway.Init")
  private Lab lab;

  @SuppressWarnings("NullAway.Init")
  private AgentImage image;

  @BeforeEach
  void start() throws Exception {
    Lab.obstacle().ifPresent(Assumptions::abort);
    server =
        FleetmendServer.start(
            new ServerConfig(
                data(),
                null,
                ServerConfig.DEFAULT_REGION,
                ServerConfig.DEFAULT_ACCOUNT,
                "0.0.0.0",
                0,
                true,
                List.of(Lab.GATEWAY),
                Duration.ZERO,
                ServerConfig.AUDIT_KEPT),
            Clock.systemUTC());
    Path authority =
        Files.writeString(
            data().resolve("ca.pem"), server.certificate().orElseThrow().authorityPem());
    AccessKey key = server.accessKeys().createAdministrator();
    AwsProfile profile =
        new AwsProfile(
            URI.create("https://127.0.0.1:" + server.port()),
            ServerConfig.DEFAULT_REGION,
            key.id(),
            key.secret(),
            authority);
    DataFolder served = DataFolder.of(data());
    Files.writeString(served.awsConfig(), profile.text());
    commands = new Commands(served.api());
    image = AgentImage.in(AgentImage.usualCache(), Clock.systemUTC());
    AgentImages.of(data()).publish(Platform.ofThisMachine(), image.archive(), image.sha256());
    lab = Lab.temporary();
    lab.forward(server.port(), server.port());
  }

  @AfterEach
  void stop() {
    if (lab != null) {
      lab.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DEBIAN_MINIMAL", "DEBIAN_SYSTEMD"})
  void thePrintedCommandMakesAHostANodeThatScansAndAWrongOneLeavesNoTrace(BaseRoot base)
      throws Exception {
    LabHost host = lab.boot("plain", base);
    Path codeFile = folder.resolve("code");
    String command = printed("--address", Lab.GATEWAY, "--code-file", codeFile.toString());
    String code = Files.readString(codeFile).strip();
    assertThat(command).doesNotContain(code).hasLineCount(1);

    assertThat(run(host, command.replaceFirst("sha256//....", "sha256//AAAA"), code).exitCode())
        .as("a wrong pin")
        .isEqualTo(90);
    assertThat(run(host, command, code.substring(1) + "x").stderr())
        .as("a wrong code")
        .contains("InvalidActivation", "nothing was installed");
    Path archive = archive();
    byte[] right = Files.readAllBytes(archive);
    Files.write(archive, new byte[] {1, 2, 3});
    assertThat(run(host, command, code).stderr())
        .as("another archive than the script is for")
        .contains("its SHA-256 differs", "nothing was installed");
    Files.write(archive, right);
    assertThat(traces(host)).isEmpty();

    ExecResult installed = run(host, command, code);
    assertThat(installed.exitCode()).as(installed.stderr()).isZero();
    assertThat(installed.stderr())
        .containsPattern("this host is mi-[0-9a-f]{17}, and its agent runs");
    String node = installed.stderr().replaceFirst("(?s).*(mi-[0-9a-f]{17}).*", "$1");
    assertThat(host.exec("stat", "-c", "%a %U", "/etc/fleetmend/agent.json").stdout())
        .isEqualTo("600 root\n");
    awaitOnline(node);
    assertThat(scan(node)).isEqualTo("Success");

    // Said again it is an upgrade: no code, the same node, another process.
    String before = agent(host);
    ExecResult again = run(host, command, "");
    assertThat(again.exitCode()).as(again.stderr()).isZero();
    assertThat(again.stderr()).contains(node);
    await("another agent")
        .atMost(Duration.ofSeconds(30))
        .until(() -> !agent(host).isEmpty() && !agent(host).equals(before));
    assertThat(nodes()).containsExactly(node);
    assertThat(scan(node)).isEqualTo("Success");
    gathersItsInventory(node);
    updatesItself(host, node);

    host.exec("/opt/fleetmend-agent/current/bin/fleetmend-agent-setup", "purge").orThrow();
    assertThat(traces(host)).isEmpty();
  }

  /** What {@code agent enroll --print} prints. */
  private String printed(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "agent",
                "enroll",
                "--print",
                "--data",
                data().toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return printed;
  }

  private static ExecResult run(LabHost host, String command, String code) {
    return host.command("sh", "-c", command).stdin(code + "\n").within(Duration.ofMinutes(2)).run();
  }

  /** All that an installation may leave on a host. */
  private static String traces(LabHost host) {
    return host.exec(
                "sh",
                "-c",
                "ls -d /opt/fleetmend* /opt/.fleetmend* /var/lib/fleetmend /etc/fleetmend"
                    + " /etc/systemd/system/fleetmend* /run/fleetmend* /tmp/*fleetmend* 2>/dev/null")
            .stdout()
        + agent(host);
  }

  private static String agent(LabHost host) {
    return host.exec(
            "sh", "-c", "for p in /proc/[0-9]*; do [ \"$(cat $p/comm)\" = java ] && echo $p; done")
        .stdout()
        .strip();
  }

  private void awaitOnline(String node) {
    await("the node's first heartbeat")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Nodes.all(commands.api()).stream()
                    .anyMatch(
                        one ->
                            one.path("InstanceId").asText().equals(node)
                                && one.path("PingStatus").asText().equals("Online")));
  }

  private List<String> nodes() {
    return Nodes.ids(Nodes.all(commands.api()));
  }

  private void gathersItsInventory(String node) {
    assertThat(run(node, "AWS-GatherSoftwareInventory", Map.of()))
        .startsWith("Success")
        .containsPattern("AWS:Application: [1-9][0-9]* entries, sent")
        .contains("AWS:Network: ", "AWS:InstanceDetailedInformation: 1 entries, sent");
    assertThat(run(node, "AWS-GatherSoftwareInventory", Map.of("files", FILES)))
        .startsWith("Success")
        .containsPattern("AWS:Application: [1-9][0-9]* entries, unchanged")
        .contains("AWS:File: 1 entries, sent");
    ObjectNode asked = Api.request().put("InstanceId", node).put("TypeName", "AWS:Application");
    ObjectNode filter = asked.putArray("Filters").addObject();
    filter.put("Key", "AWS:Application.Name").put("Type", "Equal").putArray("Values").add("dpkg");
    assertThat(commands.api().ssm("ListInventoryEntries", asked).at("/Entries/0").toString())
        .contains("\"Name\":\"dpkg\"", "\"Architecture\":\"amd64\"");
  }

  /**
   * By the server's image; by one that does not stay up, not for long; by one that is none, not.
   */
  private void updatesItself(LabHost host, String node) throws Exception {
    assertThat(run(node, UPDATE, Map.of())).startsWith("Success").contains("the server's already");

    String other = publishWhole("printf '# another' >>bin/fleetmend-agent-setup");
    String before = agent(host);
    assertThat(run(node, UPDATE, Map.of())).startsWith("Success").contains(other);
    assertThat(agent(host)).isNotEmpty().isNotEqualTo(before);
    assertThat(current(host)).isEqualTo("versions/" + other);

    String dying =
        publishPrograms("printf '#!/bin/sh\n[ \"$1\" = version ]\n' >bin/fleetmend-agent");
    assertThat(run(node, UPDATE, Map.of())).startsWith("Failed").contains(dying, "did not stay up");
    assertThat(current(host)).isEqualTo("versions/" + other);

    publishPrograms("printf '#!/bin/sh\nexit 1\n' >bin/fleetmend-agent");
    assertThat(run(node, UPDATE, Map.of())).startsWith("Failed").contains("runs on as it was");
    assertThat(current(host)).isEqualTo("versions/" + other);
    assertThat(nodes()).containsExactly(node);
    assertThat(scan(node)).isEqualTo("Success");
  }

  private static String current(LabHost host) {
    return host.exec("readlink", "/opt/fleetmend-agent/current").stdout().strip();
  }

  /** Has the server give away its image with a change; the new one's SHA-256. */
  private String publishWhole(String change) throws Exception {
    return publish(".", change);
  }

  /** As {@link #publishWhole}, of an image that has its programs only: no Java, no classes. */
  private String publishPrograms(String change) throws Exception {
    return publish("./bin/fleetmend-agent ./bin/fleetmend-agent-setup", change);
  }

  private String publish(String content, String change) throws Exception {
    Path work = Files.createTempDirectory(folder, "image");
    String script =
        "tar -C \"$1\" -c "
            + content
            + " | tar -x && "
            + change
            + " && tar -c . | gzip -1 >../image.tar.gz";
    Path unpacked = Files.createDirectory(work.resolve("unpacked"));
    Process process =
        new ProcessBuilder("sh", "-ec", script, "sh", image.folder().toString())
            .directory(unpacked.toFile())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    Path archive = work.resolve("image.tar.gz");
    String hash = Digests.sha256Hex(Files.readAllBytes(archive));
    AgentImages.of(data()).publish(Platform.ofThisMachine(), archive, hash);
    return hash;
  }

  /** Has the node scan and gives the end state. */
  private String scan(String node) {
    return run(node, "AWS-RunPatchBaseline", Map.of("Operation", "Scan"))
        .lines()
        .findFirst()
        .orElseThrow();
  }

  /** Has the node run a document: the end state in the first line, then the output. */
  private String run(String node, String document, Map<String, String> parameters) {
    JsonNode end = commands.end(commands.send(document, node, parameters));
    return Commands.status(end) + "\n" + Commands.output(end);
  }

  private Path archive() throws Exception {
    Path place = data().resolve("agent").resolve(Platform.ofThisMachine());
    return place.resolve(Files.readString(place.resolve("current")) + ".tar.gz");
  }

  private Path data() {
    return folder.resolve("data");
  }
}

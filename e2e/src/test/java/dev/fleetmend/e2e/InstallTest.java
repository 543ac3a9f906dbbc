package dev.fleetmend.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.cli.Main;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.node.image.AgentImage;
import dev.fleetmend.node.image.Platform;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the command that a server prints to a node that scans, over TLS, on hosts without Java. */
@Tag("lab")
@Tag("slow")
class InstallTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private FleetmendServer server;

  @SuppressWarnings("NullAway.Init")
  private AwsCli aws;

  @SuppressWarnings("NullAway.Init")
  private Lab lab;

  @BeforeEach
  void start() throws Exception {
    Lab.obstacle().ifPresent(Assumptions::abort);
    Assumptions.assumeTrue(AwsCli.present(), "the aws CLI is not installed");
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
    Path config =
        Files.writeString(
            data().resolve("aws-config"),
            new AwsProfile(
                    URI.create("https://127.0.0.1:" + server.port()),
                    ServerConfig.DEFAULT_REGION,
                    key.id(),
                    key.secret(),
                    authority)
                .text());
    aws = new AwsCli(config);
    AgentImage image = AgentImage.in(AgentImage.usualCache(), Clock.systemUTC());
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
                aws.ssm(
                        "describe-instance-information",
                        "--query",
                        "InstanceInformationList[?InstanceId=='" + node + "'].PingStatus")
                    .equals("Online"));
  }

  private List<String> nodes() {
    return List.of(
        aws.ssm("describe-instance-information", "--query", "InstanceInformationList[].InstanceId")
            .split("\\s+", -1));
  }

  /** Has the node scan and gives the end state. */
  private String scan(String node) {
    String command =
        aws.ssm(
            "send-command",
            "--document-name",
            "AWS-RunPatchBaseline",
            "--instance-ids",
            node,
            "--parameters",
            "Operation=Scan",
            "--query",
            "Command.CommandId");
    List<String> states = new ArrayList<>();
    await("the end of the scan")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              states.add(
                  aws.ssm(
                      "list-command-invocations",
                      "--command-id",
                      command,
                      "--query",
                      "CommandInvocations[0].Status"));
              return !List.of("Pending", "InProgress", "Delayed").contains(states.getLast());
            });
    return states.getLast();
  }

  private Path archive() throws Exception {
    Path place = data().resolve("agent").resolve(Platform.ofThisMachine());
    return place.resolve(Files.readString(place.resolve("current")) + ".tar.gz");
  }

  private Path data() {
    return folder.resolve("data");
  }
}

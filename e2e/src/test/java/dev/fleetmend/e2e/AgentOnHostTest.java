package dev.fleetmend.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.ManagedHost;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Patch commands of a real server, carried out by the real agent, and what comes in between. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentOnHostTest {
  private static final String GATE = "/run/lab-gate";
  private static final String AT_GATE = "/run/lab-at-gate";
  private static final String RUNS = "/var/log/lab-gated.runs";
  private static final Duration SOON = Duration.ofMinutes(4);

  private Fleet fleet;
  private SyntheticArchive archive;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Lab.obstacle().ifPresent(Assumptions::abort);
    Assumptions.assumeTrue(AwsCli.present(), "the aws CLI is not installed");
    fleet = Fleet.start(folder);
    String postinst =
        "echo ran >>%s\nif [ -e %s ]; then : >%s; while [ -e %s ]; do sleep 0.05; done; fi"
            .formatted(RUNS, GATE, AT_GATE, GATE);
    archive = fleet.lab().wellKnownArchive();
    archive
        .add(Suite.RELEASE, Deb.of("lab-gated", "1.0"))
        .add(Suite.SECURITY, Deb.of("lab-gated", "1.1").withScript("postinst", postinst))
        .publish();
  }

  @AfterAll
  void stop() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void anAgentRestartedInTheMiddleOfAConfigureReportsTheTrueEndOnce() {
    try (LabHost host = host("served", BaseRoot.DEBIAN_SYSTEMD, "lab-gated")) {
      host.write(GATE, "");
      String command = send(host, "Install", "NoReboot");
      awaitFile(host, AT_GATE);
      String agent = host.exec("systemctl", "show", "-p", "MainPID", "fleetmend-agent").orThrow();

      host.exec("systemctl", "restart", "fleetmend-agent").orThrow();

      assertThat(host.exec("systemctl", "show", "-p", "MainPID", "fleetmend-agent").orThrow())
          .isNotEqualTo(agent);
      assertThat(units(host)).hasSize(1).first().asString().contains("running");
      assertThat(invocation(host, command, "Status")).isEqualTo("InProgress");
      host.exec("rm", GATE).orThrow();
      assertThat(end(host, command)).isEqualTo("Success");
      assertThat(version(host, "lab-gated")).isEqualTo("1.1 ii ");
      assertThat(host.read(RUNS)).isEqualTo("ran\n");
      assertThat(units(host)).isEmpty();
      assertThat(invocation(host, command, "StandardOutputContent"))
          .containsOnlyOnce("Plan of Install")
          .containsOnlyOnce("lab-gated.all 1.0 -> 1.1: DONE");
    }
  }

  @Test
  void aShutdownWaitsForTheTransaction() {
    try (LabHost host = host("shut", BaseRoot.DEBIAN_SYSTEMD, "lab-gated")) {
      host.write(GATE, "");
      String command = send(host, "Install", "NoReboot");
      awaitFile(host, AT_GATE);
      long before = host.pid();
      host.exec("systemctl", "--no-block", "reboot").orThrow();
      await()
          .atMost(SOON)
          .until(() -> units(host).stream().anyMatch(unit -> unit.contains("stop-sigterm")));

      host.exec("rm", GATE).orThrow();

      host.awaitReboot(before);
      assertThat(end(host, command)).isEqualTo("Success");
      assertThat(version(host, "lab-gated")).isEqualTo("1.1 ii ");
      assertThat(host.read(RUNS)).isEqualTo("ran\n");
    }
  }

  @Test
  void aRebootThatAPatchNeedsComesInTheMiddleAndAllIsReportedOnce() {
    try (LabHost host = host("rebooted", BaseRoot.DEBIAN_SYSTEMD, "lab-reboot", "lab-gated")) {
      host.exec("apt-mark", "hold", "lab-gated").orThrow();
      String boot = host.read("/proc/sys/kernel/random/boot_id");

      String command = send(host, "Install", "RebootIfNeeded");

      assertThat(end(host, command)).isEqualTo("Success");
      assertThat(host.read("/proc/sys/kernel/random/boot_id")).isNotEqualTo(boot);
      assertThat(invocation(host, command, "StandardOutputContent"))
          .containsOnlyOnce("lab-reboot.all 1.0 -> 1.1: DONE")
          .containsOnlyOnce("Rebooting.");
      assertThat(
              state(
                  host,
                  "[Operation,RebootOption,InstalledPendingRebootCount,"
                      + "LastNoRebootInstallOperationTime]"))
          .isEqualTo("Install RebootIfNeeded 0 None");

      host.exec("apt-mark", "unhold", "lab-gated").orThrow();
      assertThat(end(host, send(host, "Install", "NoReboot"))).isEqualTo("Success");
      assertThat(state(host, "[RebootOption,InstalledPendingRebootCount]")).isEqualTo("NoReboot 1");
      assertThat(state(host, "LastNoRebootInstallOperationTime")).isNotEqualTo("None");

      // RebootIfNeeded asks no package: what was put in since the last boot is enough.
      String before = host.read("/proc/sys/kernel/random/boot_id");
      assertThat(end(host, send(host, "Install", "RebootIfNeeded"))).isEqualTo("Success");
      String after = host.read("/proc/sys/kernel/random/boot_id");
      assertThat(after).isNotEqualTo(before);
      assertThat(state(host, "InstalledPendingRebootCount")).isEqualTo("0");
      assertThat(end(host, send(host, "Install", "RebootIfNeeded"))).isEqualTo("Success");
      assertThat(host.read("/proc/sys/kernel/random/boot_id")).isEqualTo(after);
    }
  }

  @Test
  void aCancelledCommandStopsBeforeItChangesAnythingAndNotInTheMiddle() throws Exception {
    try (LabHost host = host("cancelled", BaseRoot.DEBIAN_MINIMAL, "lab-gated", "lab-good")) {
      host.write(GATE, "");
      Process other = host.command("apt-get", "-y", "-q", "install", "lab-gated").start();
      awaitFile(host, AT_GATE);
      String waiting = send(host, "Install", "NoReboot");
      await().atMost(SOON).until(() -> transactions(host) == 1);

      fleet.aws().ssm("cancel-command", "--command-id", waiting);

      assertThat(end(host, waiting)).isEqualTo("Cancelled");
      assertThat(invocation(host, waiting, "StandardOutputContent"))
          .contains("lab-good.all 1.0 -> 1.1: UNCHANGED (cancelled before anything was changed)")
          .contains("Missing lab-good.all 1.1");
      assertThat(version(host, "lab-good")).isEqualTo("1.0 ii ");
      host.exec("rm", GATE, AT_GATE).orThrow();
      other.waitFor();

      host.exec("apt-get", "-y", "-q", "--allow-downgrades", "install", "lab-gated=1.0").orThrow();
      host.write(GATE, "");
      String changing = send(host, "Install", "NoReboot");
      awaitFile(host, AT_GATE);
      fleet.aws().ssm("cancel-command", "--command-id", changing);
      await().atMost(SOON).until(() -> cancelRequested(host));
      host.exec("rm", GATE).orThrow();

      assertThat(end(host, changing)).isEqualTo("Success");
      assertThat(version(host, "lab-gated")).isEqualTo("1.1 ii ");
      assertThat(version(host, "lab-good")).isEqualTo("1.1 ii ");
    }
  }

  @Test
  void whatTheBaselineBlocksComesAlongWithNothing() {
    try (LabHost host = host("blocked", BaseRoot.DEBIAN_MINIMAL, "lab-grow", "lab-good")) {
      String baseline =
          fleet
              .aws()
              .ssm(
                  "create-patch-baseline",
                  "--name",
                  "blocks",
                  "--operating-system",
                  "DEBIAN",
                  "--approval-rules",
                  "PatchRules=[{PatchFilterGroup={PatchFilters=[{Key=PRODUCT,Values=['*']}]},"
                      + "ApproveAfterDays=0}]",
                  "--rejected-patches",
                  "lab-extra",
                  "--rejected-patches-action",
                  "BLOCK",
                  "--query",
                  "BaselineId");
      fleet
          .aws()
          .ssm(
              "register-patch-baseline-for-patch-group",
              "--baseline-id",
              baseline,
              "--patch-group",
              "blocked");

      String command = send(host, "Install", "NoReboot");

      end(host, command);
      assertThat(version(host, "lab-good")).isEqualTo("1.1 ii ");
      assertThat(version(host, "lab-grow")).isEqualTo("1.0 ii ");
      assertThat(version(host, "lab-extra")).isEmpty();
      assertThat(invocation(host, command, "StandardOutputContent"))
          .contains("it would bring along what the baseline rejects: lab-extra.all 1.0");
      assertThat(
              fleet
                  .aws()
                  .ssm(
                      "describe-instance-patches",
                      "--instance-id",
                      id(host),
                      "--query",
                      "Patches[?starts_with(Title,'lab-grow')].State"))
          .isIn("Failed", "Missing");
    }
  }

  @Test
  void aServiceSettingRefusesWhatCouldNotBeTakenBackUnlessTheRunSaysOtherwise() {
    String[] setting = {"--setting-id", "/fleetmend/patch/not-revertible"};
    try (LabHost host = host("policy", BaseRoot.DEBIAN_MINIMAL, "lab-good")) {
      archive.drop(Suite.RELEASE, "lab-good", "1.0").publish();
      host.exec("apt-get", "-qq", "update").orThrow();
      fleet
          .aws()
          .ssm("update-service-setting", setting[0], setting[1], "--setting-value", "refuse");

      String refused = send(host, "Install", "NoReboot");
      assertThat(end(host, refused)).isEqualTo("Failed");
      assertThat(invocation(host, refused, "StandardOutputContent"))
          .contains("lab-good.all 1.1 could not be taken back: no archive offers 1.0 any more");
      assertThat(version(host, "lab-good")).isEqualTo("1.0 ii ");

      String own =
          command(
              host,
              "Fleetmend-RunPatchBaseline",
              "Operation=Install,RebootOption=NoReboot,NotRevertible=warn");
      assertThat(end(host, own)).isEqualTo("Success");
      assertThat(version(host, "lab-good")).isEqualTo("1.1 ii ");
    } finally {
      fleet.aws().ssm("reset-service-setting", setting[0], setting[1]);
      archive.add(Suite.RELEASE, Deb.of("lab-good", "1.0")).publish();
    }
  }

  /** A host with packages as they were released, and the agent, in a patch group of its name. */
  private LabHost host(String name, BaseRoot base, String... packages) {
    ManagedHost managed = fleet.host(name, base, name);
    LabHost host = managed.host();
    archive.offer(host, Suite.RELEASE);
    for (String one : packages) {
      host.exec("apt-get", "-y", "-q", "install", one).orThrow();
    }
    host.exec("apt-get", "clean").orThrow();
    archive.offer(host, Suite.values());
    return host;
  }

  private String send(LabHost host, String operation, String rebootOption) {
    return command(
        host, "AWS-RunPatchBaseline", "Operation=" + operation + ",RebootOption=" + rebootOption);
  }

  private String command(LabHost host, String document, String parameters) {
    return fleet
        .aws()
        .ssm(
            "send-command",
            "--document-name",
            document,
            "--instance-ids",
            id(host),
            "--parameters",
            parameters,
            "--query",
            "Command.CommandId");
  }

  /** The invocation's status once it has ended. */
  private String end(LabHost host, String command) {
    JsonNode invocation = fleet.commands().end(command);
    String status = Commands.status(invocation);
    if (!status.equals("Success")) {
      System.out.println(invocation);
      System.out.println(new ManagedHost(host).troubles());
    }
    return status;
  }

  private String invocation(LabHost host, String command, String query) {
    return fleet
        .aws()
        .ssm(
            "get-command-invocation",
            "--command-id",
            command,
            "--instance-id",
            id(host),
            "--query",
            query);
  }

  private String state(LabHost host, String query) {
    return fleet
        .aws()
        .ssm(
            "describe-instance-patch-states",
            "--instance-ids",
            id(host),
            "--query",
            "InstancePatchStates[0]." + query)
        .replaceAll("\\s+", " ");
  }

  private static String id(LabHost host) {
    return new ManagedHost(host).nodeId().orElseThrow();
  }

  private static String version(LabHost host, String name) {
    return host.exec("dpkg-query", "-W", "-f", "${Version} ${db:Status-Abbrev}", name).stdout();
  }

  private static List<String> units(LabHost host) {
    return host.exec(
            "systemctl",
            "list-units",
            "--all",
            "--plain",
            "--no-legend",
            "fleetmend-transaction-*.service")
        .orThrow()
        .lines()
        .toList();
  }

  private static long transactions(LabHost host) {
    return host.exec("ls", "/var/lib/fleetmend/journal").stdout().lines().count();
  }

  private static boolean cancelRequested(LabHost host) {
    String script = "ls /var/lib/fleetmend/journal/*/cancel | wc -l";
    return host.exec("sh", "-c", script).stdout().strip().equals("2");
  }

  private static void awaitFile(LabHost host, String file) {
    await(file)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.exists(host.path(file)));
  }
}

package dev.fleetmend.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.ManagedHost;
import dev.fleetmend.lab.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents beside AWS-RunPatchBaseline, one after the other on one real host. */
@Tag("lab")
@Tag("slow")
class PatchDocumentsTest {
  /** Asked of the host while it is on. */
  private String node = "";

  private static final String HOOKS = "/var/log/hooks";
  private static final Duration SOON = Duration.ofMinutes(4);

  @TempDir Path folder;

  @BeforeEach
  void check() {
    Lab.obstacle().ifPresent(Assumptions::abort);
    Assumptions.assumeTrue(AwsCli.present(), "the aws CLI is not installed");
  }

  @Test
  void eachDoesWhatItSaysOnARealHost() throws Exception {
    try (Fleet fleet = Fleet.start(folder)) {
      LabHost host = host(fleet);
      AwsCli aws = fleet.aws();
      node = new ManagedHost(host).nodeId().orElseThrow();
      for (String hook : List.of("before", "after", "last")) {
        document(
            aws,
            hook,
            "echo %s $(dpkg-query -W -f '${Version}' lab-good) $(cat /proc/sys/kernel/random/boot_id) >>%s"
                .formatted(hook, HOOKS));
      }
      document(aws, "refusing", "echo not today >&2", "exit 3");

      String baseline = taggedBaseline(aws);
      String scan =
          end(
              aws,
              "AWS-RunPatchBaselineAssociation",
              "Operation=Scan,BaselineTags=\"Key=stage,Values=test\"");
      assertThat(step(aws, scan, "PatchLinux", "Status")).isEqualTo("Success");
      assertThat(state(aws, "BaselineId")).isEqualTo(baseline);

      String refused = end(aws, "AWS-RunPatchBaselineWithHooks", hooked("Install", "refusing"));
      assertThat(step(aws, refused, "PreInstallHook", "[Status,ResponseCode]"))
          .isEqualTo("Failed 1");
      assertThat(step(aws, refused, "PreInstallHook", "StandardErrorContent"))
          .contains("not today")
          .contains("Step one of document refusing: Failed, exit code 3");
      assertThat(version(host)).isEqualTo("1.0");
      String boot = boot(host);
      assertThat(host.read(HOOKS)).isEqualTo("last 1.0 " + boot + "\n");
      assertThat(status(aws, refused)).isEqualTo("Failed");

      host.exec("rm", HOOKS).orThrow();
      String installed = end(aws, "AWS-RunPatchBaselineWithHooks", hooked("Install", "before"));
      assertThat(status(aws, installed)).isEqualTo("Success");
      String rebooted = boot(host);
      assertThat(rebooted).isNotEqualTo(boot);
      assertThat(host.read(HOOKS))
          .isEqualTo("before 1.0 %s\nafter 1.1 %s\nlast 1.1 %s\n".formatted(boot, boot, rebooted));
      assertThat(step(aws, installed, "RebootLinux", "StandardOutputContent"))
          .contains("Rebooting.")
          .contains("COMPLIANT");
      assertThat(state(aws, "[Operation,MissingCount,InstalledPendingRebootCount]"))
          .isEqualTo("Install 0 0");

      host.exec("rm", HOOKS).orThrow();
      end(aws, "AWS-RunPatchBaselineWithHooks", hooked("Install", "before"));
      assertThat(host.read(HOOKS)).isEqualTo("last 1.1 " + rebooted + "\n");
      assertThat(boot(host)).isEqualTo(rebooted);
      host.exec("rm", HOOKS).orThrow();
      end(aws, "AWS-RunPatchBaselineWithHooks", hooked("Scan", "before"));
      assertThat(host.exec("ls", HOOKS).exitCode()).isNotZero();

      String rollback = end(aws, "Fleetmend-RollbackPatches", "RebootOption=NoReboot");
      assertThat(status(aws, rollback)).isEqualTo("Success");
      assertThat(version(host)).isEqualTo("1.0");
      assertThat(step(aws, rollback, "RollBackLinux", "StandardOutputContent"))
          .contains("Held back by rollback: lab-good.all 1.1");
    }
  }

  /** A host where one security update is outstanding. */
  private static LabHost host(Fleet fleet) {
    LabHost host = fleet.host("documents", BaseRoot.DEBIAN_MINIMAL, "documents").host();
    var archive = fleet.lab().wellKnownArchive();
    archive.offer(host, Suite.RELEASE);
    host.exec("apt-get", "-y", "-q", "install", "lab-good").orThrow();
    host.exec("apt-get", "clean").orThrow();
    archive.offer(host, Suite.values());
    return host;
  }

  private static String hooked(String operation, String before) {
    return "Operation=%s,PreInstallHookDocName=%s,PostInstallHookDocName=after,OnExitHookDocName=last"
        .formatted(operation, before);
  }

  private static void document(AwsCli aws, String name, String... lines) {
    String quoted =
        String.join(
            ", ",
            List.of(lines).stream().map(line -> '"' + line.replace("\"", "\\\"") + '"').toList());
    aws.ssm(
        "create-document",
        "--name",
        name,
        "--document-type",
        "Command",
        "--content",
        """
        {"schemaVersion": "2.2", "mainSteps": [{"action": "aws:runShellScript", "name": "one",
         "inputs": {"runCommand": [%s]}}]}
        """
            .formatted(quoted));
  }

  private static String taggedBaseline(AwsCli aws) {
    return aws.ssm(
        "create-patch-baseline",
        "--name",
        "staged",
        "--operating-system",
        "DEBIAN",
        "--approval-rules",
        "PatchRules=[{PatchFilterGroup={PatchFilters=[{Key=PRODUCT,Values=['*']}]},"
            + "ApproveAfterDays=0}]",
        "--tags",
        "Key=stage,Value=test",
        "--query",
        "BaselineId");
  }

  /** Sends a command and gives its id once it has ended. */
  private String end(AwsCli aws, String document, String parameters) {
    String command =
        aws.ssm(
            "send-command",
            "--document-name",
            document,
            "--instance-ids",
            node,
            "--parameters",
            parameters,
            "--query",
            "Command.CommandId");
    await("the end of " + document)
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> !List.of("Pending", "InProgress", "Delayed").contains(status(aws, command)));
    return command;
  }

  private String status(AwsCli aws, String command) {
    return aws.ssm(
        "list-command-invocations",
        "--command-id",
        command,
        "--instance-id",
        node,
        "--query",
        "CommandInvocations[0].Status");
  }

  private String step(AwsCli aws, String command, String step, String query) {
    return aws.ssm(
            "get-command-invocation",
            "--command-id",
            command,
            "--instance-id",
            node,
            "--plugin-name",
            step,
            "--query",
            query)
        .replace('\t', ' ');
  }

  private String state(AwsCli aws, String query) {
    return aws.ssm(
            "describe-instance-patch-states",
            "--instance-ids",
            node,
            "--query",
            "InstancePatchStates[0]." + query)
        .replace('\t', ' ');
  }

  private static String version(LabHost host) {
    return host.exec("dpkg-query", "-W", "-f", "${Version}", "lab-good").orThrow();
  }

  private static String boot(LabHost host) {
    return host.read("/proc/sys/kernel/random/boot_id").strip();
  }
}

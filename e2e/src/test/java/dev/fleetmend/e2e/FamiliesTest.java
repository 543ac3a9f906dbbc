package dev.fleetmend.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.ManagedHost;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts with packages of rpm, patched and taken back by a real server through the aws CLI. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FamiliesTest {
  private static final String PATCH = "AWS-RunPatchBaseline";
  private static final String OUR_PATCH = "Fleetmend-RunPatchBaseline";
  private static final String NO_REBOOT = ",RebootOption=NoReboot";

  private Fleet fleet;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    Assumptions.assumeTrue(AwsCli.present(), "the aws CLI is not installed");
    fleet = Fleet.start(folder);
  }

  @AfterAll
  void stop() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMissingIsPreviewedGoesInAndComesOutAgain(RpmFamily family) {
    fleet.lab().obstacle(family.root()).ifPresent(Assumptions::abort);
    String name = family.name().toLowerCase(Locale.ROOT);
    registerSecurityBaseline(family, name);
    ManagedHost managed = fleet.host(name, family.root(), name);
    String node = managed.nodeId().orElseThrow();
    RpmArchive archive = fleet.lab().wellKnownRpmArchive(family);
    archive.installReleased(managed.host());
    String before = packages(managed.host());

    end(managed, send(node, PATCH, "Operation=Scan" + NO_REBOOT));
    assertThat(titlesOf(node, "Missing"))
        .contains("lab-good", "lab-cli")
        .doesNotContain("lab-slow");
    assertThat(
            fleet
                .aws()
                .ssm(
                    "describe-instance-patches",
                    "--instance-id",
                    node,
                    "--query",
                    "Patches[?starts_with(Title,'lab-good')].CVEIds"))
        .isEqualTo("CVE-2026-10007");

    String preview = send(node, OUR_PATCH, "Operation=PreviewInstall" + NO_REBOOT);
    end(managed, preview);
    String hash = hashOf(preview);
    assertThat(packages(managed.host())).isEqualTo(before);

    end(managed, send(node, OUR_PATCH, "Operation=Install" + NO_REBOOT + ",PreviewHash=" + hash));
    assertThat(packages(managed.host()))
        .contains("lab-good-1.1", "lab-cli-1.2", "lab-extra-1.0")
        .doesNotContain("lab-cli-1.0");
    assertThat(titlesOf(node, "Missing")).isEmpty();
    assertThat(titlesOf(node, "Failed")).isEmpty();

    moveOn(archive, family, managed.host());
    end(managed, send(node, PATCH, "Operation=Uninstall" + NO_REBOOT));
    assertThat(packages(managed.host())).isEqualTo(before);
    assertThat(fleet.commands().api().call("Fleetmend.ListQuarantine", Api.request()).toString())
        .contains("lab-good");
  }

  /** What hosts of a family call themselves. */
  private static String operatingSystem(RpmFamily family) {
    return switch (family) {
      case DNF -> "ROCKY_LINUX";
      case DNF5 -> "REDHAT_ENTERPRISE_LINUX";
      case YUM -> "AMAZON_LINUX_2";
      case ZYPPER -> "SUSE";
    };
  }

  /** Every security update at once; what this lab has made to fail is none. */
  private void registerSecurityBaseline(RpmFamily family, String group) {
    String baseline =
        fleet
            .aws()
            .ssm(
                "create-patch-baseline",
                "--name",
                group,
                "--operating-system",
                operatingSystem(family),
                "--approval-rules",
                "PatchRules=[{PatchFilterGroup={PatchFilters=[{Key=CLASSIFICATION,"
                    + "Values=[Security]}]},ApproveAfterDays=0}]",
                "--query",
                "BaselineId");
    fleet
        .aws()
        .ssm(
            "register-patch-baseline-for-patch-group",
            "--baseline-id",
            baseline,
            "--patch-group",
            group);
  }

  private String send(String node, String document, String parameters) {
    return fleet
        .aws()
        .ssm(
            "send-command",
            "--document-name",
            document,
            "--instance-ids",
            node,
            "--parameters",
            parameters,
            "--query",
            "Command.CommandId");
  }

  private void end(ManagedHost managed, String command) {
    JsonNode invocation = fleet.commands().end(command);
    assertThat(Commands.status(invocation))
        .as(() -> Commands.output(invocation) + managed.troubles())
        .isEqualTo("Success");
  }

  /** The hash of the preview of the one node that said what a command would do. */
  private String hashOf(String command) {
    return await("the hash of the preview")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                fleet
                    .commands()
                    .api()
                    .call("Fleetmend.GetPatchPreview", Api.request().put("CommandId", command))
                    .at("/Previews/0/Hash")
                    .asText(),
            hash -> hash.matches("[0-9a-f]{64}"));
  }

  private String titlesOf(String node, String state) {
    return fleet
        .aws()
        .ssm(
            "describe-instance-patches",
            "--instance-id",
            node,
            "--query",
            "Patches[?State=='" + state + "'].Title");
  }

  /** The old versions are nowhere to be had but in the vault. */
  private static void moveOn(RpmArchive archive, RpmFamily family, LabHost host) {
    archive.offer(host, RpmRepository.UPDATES);
    host.exec(family.cleanCommand()).orThrow();
  }

  private static String packages(LabHost host) {
    return host.exec("sh", "-c", "rpm -qa | sort").orThrow();
  }
}

package dev.fleetmend.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.Distribution;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.ManagedHost;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that calls itself Ubuntu 22.04, with archives that call themselves Ubuntu's and those of
 * Expanded Security Maintenance, judged by Ubuntu's predefined baseline. apt is Debian's.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UbuntuTest {
  private static final String PINS = "/etc/apt/preferences.d/ubuntu-pro-esm-infra";

  private Fleet fleet;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Lab.obstacle().ifPresent(Assumptions::abort);
    Assumptions.assumeTrue(AwsCli.present(), "the aws CLI is not installed");
    fleet = Fleet.start(folder);
  }

  @AfterAll
  void stop() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void thePocketForAllAndThePatchesOfProWhereTheHostHasThem() {
    ManagedHost host = fleet.boot("ubuntu", BaseRoot.DEBIAN_MINIMAL);
    host.host().exec("rm", "/etc/os-release").orThrow();
    host.host()
        .write(
            "/etc/os-release",
            """
            NAME="Ubuntu"
            ID=ubuntu
            ID_LIKE=debian
            VERSION_ID="22.04"
            VERSION_CODENAME=jammy
            """);
    installReleased(host);
    // As Ubuntu's own tools pin it on a host without Ubuntu Pro.
    host.host().write(PINS, "Package: *\nPin: release o=UbuntuESM, n=jammy\nPin-Priority: never\n");
    String node = fleet.enrol(host, "ubuntu");

    String scan = run(host, node, "Scan");
    assertThat(scan).doesNotContain("could not be refreshed");
    assertThat(state(node, "BaselineId")).endsWith("/pb-0c7e89f711c3095f4");
    assertThat(titlesOf(node, "Missing")).contains("lab-open").doesNotContain("lab-plain");

    String without = run(host, node, "Install");
    String open = host.host().exec("dpkg-query", "-W").orThrow();
    assertThat(open).contains("lab-open\t1.1\n", "lab-pro\t1.0\n", "lab-plain\t1.0\n");
    assertThat(without).contains("lab-pro.all 1.0+esm1 is left out: only Ubuntu Pro has it");
    assertThat(titlesOf(node, "Missing")).contains("lab-pro");
    assertThat(compliance(node)).isEqualTo("NON_COMPLIANT");

    host.host().exec("rm", PINS).orThrow();
    run(host, node, "Install");
    assertThat(host.host().exec("dpkg-query", "-W").orThrow())
        .contains("lab-open\t1.1\n", "lab-pro\t1.0+esm1\n", "lab-plain\t1.0\n");
    assertThat(titlesOf(node, "Missing")).isEmpty();
    assertThat(titlesOf(node, "InstalledPendingReboot")).contains("lab-open", "lab-pro");

    String undo = run(host, node, "Uninstall");
    assertThat(undo).contains("lab-pro.all 1.0+esm1 -> 1.0: DONE");
    assertThat(host.host().exec("dpkg-query", "-W").orThrow()).isEqualTo(open);
    assertThat(fleet.commands().api().call("Fleetmend.ListQuarantine", Api.request()).toString())
        .contains("lab-pro");
  }

  private void installReleased(ManagedHost host) {
    SyntheticArchive ubuntu = fleet.lab().syntheticArchive(Distribution.UBUNTU);
    SyntheticArchive esm = fleet.lab().syntheticArchive(Distribution.UBUNTU_ESM);
    ubuntu
        .add(Suite.RELEASE, Deb.of("lab-open", "1.0"))
        .add(Suite.RELEASE, Deb.of("lab-pro", "1.0"))
        .add(Suite.RELEASE, Deb.of("lab-plain", "1.0"))
        .add(Suite.UPDATES, Deb.of("lab-plain", "1.1"))
        .add(Suite.SECURITY, Deb.of("lab-open", "1.1").withChange("Fix CVE-2026-10001", "high"))
        .publish();
    esm.add(Suite.SECURITY, Deb.of("lab-pro", "1.0+esm1").withChange("Fix CVE-2026-10002", "high"))
        .publish();
    ubuntu.offer(host.host(), Suite.RELEASE);
    host.host()
        .exec("apt-get", "-y", "-q", "install", "lab-open", "lab-pro", "lab-plain")
        .orThrow();
    host.host()
        .write(
            "/etc/apt/sources.list", ubuntu.sources(Suite.values()) + esm.sources(Suite.SECURITY));
    host.host().exec("apt-get", "-qq", "update").orThrow();
  }

  private String run(ManagedHost host, String node, String operation) {
    JsonNode invocation =
        fleet
            .commands()
            .end(
                fleet
                    .aws()
                    .ssm(
                        "send-command",
                        "--document-name",
                        "AWS-RunPatchBaseline",
                        "--instance-ids",
                        node,
                        "--parameters",
                        "Operation=" + operation + ",RebootOption=NoReboot",
                        "--query",
                        "Command.CommandId"));
    assertThat(Commands.status(invocation))
        .as(() -> Commands.output(invocation) + host.troubles())
        .isEqualTo("Success");
    return Commands.output(invocation);
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

  private String state(String node, String field) {
    return fleet
        .aws()
        .ssm(
            "describe-instance-patch-states",
            "--instance-ids",
            node,
            "--query",
            "InstancePatchStates[0]." + field);
  }

  private String compliance(String node) {
    return fleet
        .aws()
        .ssm(
            "list-resource-compliance-summaries",
            "--query",
            "ResourceComplianceSummaryItems[?ResourceId=='"
                + node
                + "'&&ComplianceType=='Patch']"
                + ".Status");
  }
}

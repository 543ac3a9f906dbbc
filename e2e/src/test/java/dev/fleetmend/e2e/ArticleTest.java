package dev.fleetmend.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.ManagedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The article's steps with the aws CLI, on three real hosts. */
@Tag("lab")
@Tag("slow")
class ArticleTest {
  private static final String GROUP = "group 1";

  @TempDir Path folder;

  @BeforeEach
  void check() {
    Lab.obstacle().ifPresent(Assumptions::abort);
    Assumptions.assumeTrue(AwsCli.present(), "the aws CLI is not installed");
  }

  @Test
  void aBaselineDecidesACommandInstallsStatesTellAndARollbackTakesItBack() throws Exception {
    try (Fleet fleet = Fleet.start(folder)) {
      AwsCli aws = fleet.aws();
      List<ManagedHost> hosts = new ArrayList<>();
      for (String name : List.of("one", "two", "three")) {
        hosts.add(fleet.host(name, BaseRoot.DEBIAN_SERVER, GROUP));
      }
      List<String> before = hosts.stream().map(ArticleTest::installed).toList();

      String baseline =
          aws.ssm(
              "create-patch-baseline",
              "--name",
              "standard_baseline",
              "--operating-system",
              "DEBIAN",
              "--approval-rules",
              "PatchRules=[{PatchFilterGroup={PatchFilters=[{Key=PRODUCT,Values=['*']}]},"
                  + "ApproveAfterDays=0,ComplianceLevel=CRITICAL}]",
              "--query",
              "BaselineId");
      aws.ssm(
          "register-patch-baseline-for-patch-group",
          "--baseline-id",
          baseline,
          "--patch-group",
          GROUP);

      assertThat(run(aws, hosts, "Scan")).containsOnly("Success");
      List<Integer> missing = hosts.stream().map(host -> count(aws, host, "MissingCount")).toList();
      assertThat(missing).allMatch(count -> count > 0);

      assertThat(run(aws, hosts, "Install")).containsOnly("Success");
      for (ManagedHost host : hosts) {
        assertThat(count(aws, host, "MissingCount")).isZero();
        assertThat(count(aws, host, "FailedCount")).isZero();
        assertThat(installed(host)).isNotEqualTo(before.get(hosts.indexOf(host)));
      }

      forgetOldVersions(fleet, before.getFirst(), hosts);

      assertThat(run(aws, hosts, "Uninstall")).containsOnly("Success");
      assertThat(hosts.stream().map(ArticleTest::installed).toList()).isEqualTo(before);
    }
  }

  /** Sends AWS-RunPatchBaseline to the group and gives the end states of its invocations. */
  private static List<String> run(AwsCli aws, List<ManagedHost> hosts, String operation) {
    String command =
        aws.ssm(
            "send-command",
            "--document-name",
            "AWS-RunPatchBaseline",
            "--targets",
            "Key=tag:Patch Group,Values=" + GROUP,
            "--parameters",
            "Operation=" + operation + ",RebootOption=NoReboot",
            "--max-errors",
            "100%",
            "--query",
            "Command.CommandId");
    await("the end of " + operation)
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> ended(states(aws, command), hosts.size()));
    List<String> states = states(aws, command);
    if (states.stream().anyMatch(state -> !state.equals("Success"))) {
      System.out.println(aws.ssm("list-command-invocations", "--command-id", command, "--details"));
      hosts.forEach(host -> System.out.println(host.troubles()));
    }
    return states;
  }

  private static List<String> states(AwsCli aws, String command) {
    return List.of(
        aws.ssm(
                "list-command-invocations",
                "--command-id",
                command,
                "--query",
                "CommandInvocations[].Status")
            .split("\\s+", -1));
  }

  private static boolean ended(List<String> states, int hosts) {
    return states.size() == hosts
        && states.stream().noneMatch(List.of("Pending", "InProgress", "Delayed")::contains);
  }

  /** The archive moves on: what was installed before is to be had nowhere. */
  private static void forgetOldVersions(Fleet fleet, String before, List<ManagedHost> hosts) {
    Map<String, String> old = new HashMap<>();
    Set<String> now = Set.copyOf(installed(hosts.getFirst()).lines().toList());
    before
        .lines()
        .filter(line -> !now.contains(line))
        .map(line -> line.split("[: ]", 2)[0] + " " + line.split(" ", 3)[1])
        .forEach(pair -> old.put(pair.split(" ", 2)[0], pair.split(" ", 2)[1]));
    fleet.lab().debianArchive().drop(old);
    for (ManagedHost host : hosts) {
      host.host().exec("apt-get", "clean").orThrow();
      host.host().exec("apt-get", "-qq", "update").orThrow();
    }
  }

  private static int count(AwsCli aws, ManagedHost host, String count) {
    return Integer.parseInt(
        aws.ssm(
            "describe-instance-patch-states",
            "--instance-ids",
            host.nodeId().orElseThrow(),
            "--query",
            "InstancePatchStates[0]." + count));
  }

  private static String installed(ManagedHost host) {
    return host.host()
        .exec("dpkg-query", "-W", "-f", "${binary:Package} ${Version} ${db:Status-Abbrev}\n")
        .orThrow();
  }
}

package dev.fleetmend.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.ManagedHost;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The article's steps, by its own files and the aws CLI, on three hosts: a server with all that
 * Debian has for it today, and two with a few packages of the lab's.
 */
@Tag("lab")
@Tag("slow")
class ArticleTest {
  private static final String GROUP = "group 1";
  private static final Path ARTICLE = Path.of("..", "cli", "src", "test", "resources", "article");

  @TempDir Path folder;

  @BeforeEach
  void check() {
    Lab.obstacle().ifPresent(Assumptions::abort);
    Assumptions.assumeTrue(AwsCli.present(), "the aws CLI is not installed");
  }

  @Test
  void aBaselineDecidesAWindowInstallsByItselfAndARollbackTakesItBack() throws Exception {
    try (Fleet fleet = Fleet.start(folder)) {
      AwsCli aws = fleet.aws();
      SyntheticArchive archive = fleet.lab().wellKnownArchive();
      ManagedHost server = fleet.host("server", BaseRoot.DEBIAN_SERVER, GROUP);
      List<ManagedHost> small =
          List.of(small(fleet, archive, "small1"), small(fleet, archive, "small2"));
      List<ManagedHost> hosts = List.of(server, small.getFirst(), small.getLast());
      List<String> before = hosts.stream().map(ArticleTest::installed).toList();
      List<String> boots = hosts.stream().map(ArticleTest::boot).toList();
      fleet.fleetmend().apply(ARTICLE.resolve("baseline.json"));
      registerBaseline(aws);

      assertThat(scan(fleet, hosts)).containsOnly("Success");
      assertThat(hosts).allMatch(host -> count(aws, host, "MissingCount") > 0);

      fleet.fleetmend().apply(ARTICLE.resolve("schedule.yaml"));
      String[] window = window(aws);
      assertThat(window[1]).endsWith("T00:00Z");

      fleet.fleetmend().apply(soon());
      assertThat(window(aws)[0]).isEqualTo(window[0]);
      assertThat(ranByItself(aws, window[0], hosts)).isEqualTo("SUCCESS");
      for (ManagedHost host : hosts) {
        assertThat(count(aws, host, "MissingCount")).isZero();
        assertThat(count(aws, host, "FailedCount")).isZero();
        assertThat(installed(host)).isNotEqualTo(before.get(hosts.indexOf(host)));
        assertThat(boot(host)).isNotEqualTo(boots.get(hosts.indexOf(host)));
      }

      forgetOldVersions(fleet, before.getFirst(), server);
      small.forEach(host -> archive.offer(host.host(), Suite.SECURITY));

      fleet.fleetmend().apply(ARTICLE.resolve("rollback.yaml"));
      assertThat(hosts.stream().map(ArticleTest::installed).toList()).isEqualTo(before);
    }
  }

  /** A host with packages as they were released; one of their updates wants a reboot. */
  private static ManagedHost small(Fleet fleet, SyntheticArchive archive, String name) {
    ManagedHost managed = fleet.host(name, BaseRoot.DEBIAN_MINIMAL, GROUP);
    archive.offer(managed.host(), Suite.RELEASE);
    managed
        .host()
        .exec("apt-get", "-y", "-q", "install", "lab-cli", "lab-grow", "lab-reboot")
        .orThrow();
    managed.host().exec("apt-get", "clean").orThrow();
    archive.offer(managed.host(), Suite.values());
    return managed;
  }

  /** The article's baseline is for Windows: the same for these hosts. */
  private static void registerBaseline(AwsCli aws) {
    String baseline =
        aws.ssm(
            "create-patch-baseline",
            "--name",
            "standard_baseline_debian",
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
  }

  /** The article's schedule, but for its time: not the next midnight. */
  private Path soon() throws IOException {
    String at =
        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            LocalDateTime.now(ZoneOffset.UTC).plusSeconds(10).truncatedTo(ChronoUnit.SECONDS));
    String text = Files.readString(ARTICLE.resolve("schedule.yaml"));
    assertThat(text).contains("cron: daily 00:00");
    return Files.writeString(
        folder.resolve("soon.yaml"), text.replace("cron: daily 00:00", "at: \"" + at + "\""));
  }

  /** The one window's id and next start. */
  private static String[] window(AwsCli aws) {
    return aws.ssm(
            "describe-maintenance-windows",
            "--query",
            "WindowIdentities[].[WindowId,NextExecutionTime]")
        .split("\\s+", -1);
  }

  /** How the window's one execution ended, once it has. */
  private static String ranByItself(AwsCli aws, String window, List<ManagedHost> hosts) {
    String[] query = {
      "describe-maintenance-window-executions",
      "--window-id",
      window,
      "--query",
      "WindowExecutions[].Status"
    };
    await("the end of the window")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> !List.of("", "PENDING", "IN_PROGRESS").contains(aws.ssm(query)));
    String status = aws.ssm(query);
    if (!status.equals("SUCCESS")) {
      System.out.println(aws.ssm("list-command-invocations", "--details"));
      hosts.forEach(host -> System.out.println(host.troubles()));
    }
    return status;
  }

  /** Scans the group's hosts and gives the end states of their invocations. */
  private static List<String> scan(Fleet fleet, List<ManagedHost> hosts) {
    String command =
        fleet
            .aws()
            .ssm(
                "send-command",
                "--document-name",
                "AWS-RunPatchBaseline",
                "--targets",
                "Key=tag:Patch Group,Values=" + GROUP,
                "--parameters",
                "Operation=Scan",
                "--query",
                "Command.CommandId");
    return fleet.commands().end(command, hosts.size()).stream().map(Commands::status).toList();
  }

  /** The archive moves on: what was installed before is to be had nowhere. */
  private static void forgetOldVersions(Fleet fleet, String before, ManagedHost server) {
    Map<String, String> old = new HashMap<>();
    Set<String> now = Set.copyOf(installed(server).lines().toList());
    before
        .lines()
        .filter(line -> !now.contains(line))
        .map(line -> line.split("[: ]", 2)[0] + " " + line.split(" ", 3)[1])
        .forEach(pair -> old.put(pair.split(" ", 2)[0], pair.split(" ", 2)[1]));
    fleet.lab().debianArchive().drop(old);
    server.host().exec("apt-get", "clean").orThrow();
    server.host().exec("apt-get", "-qq", "update").orThrow();
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

  private static String boot(ManagedHost host) {
    return host.host().read("/proc/sys/kernel/random/boot_id").strip();
  }
}

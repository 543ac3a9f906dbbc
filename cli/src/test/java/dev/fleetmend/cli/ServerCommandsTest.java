package dev.fleetmend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a real server over HTTP. */
class ServerCommandsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @SuppressWarnings("NullAway.Init")
  private FleetmendServer server;

  private record Outcome(int exit, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    server = FleetmendServer.start(ServerConfig.local(data, 0), Clock.systemUTC());
    AccessKey key = server.accessKeys().createAdministrator();
    Files.writeString(
        data.resolve("aws-config"),
        new AwsProfile(
                URI.create("http://127.0.0.1:" + server.port()),
                ServerConfig.DEFAULT_REGION,
                key.id(),
                key.secret(),
                null)
            .text());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theArticlesBaselineIsMadeOnceAndThenUnchanged() throws IOException {
    String file = article("baseline.json");
    assertThat(fleetmend("plan", "-f", file).out())
        .startsWith("+ patch baseline standard_baseline (WINDOWS)\n")
        .endsWith("Plan: 1 to create, 0 to change, 0 unchanged, 0 to run.\n");
    Outcome first = fleetmend("apply", "--yes", "-f", file);
    assertThat(first.exit()).as(first.err()).isEqualTo(ExitCode.OK);
    assertThat(first.out()).contains("created patch baseline standard_baseline (WINDOWS): pb-");
    assertThat(fleetmend("apply", "-f", file).out())
        .startsWith("= patch baseline standard_baseline");
    assertThat(
            fleetmend(
                    "ssm",
                    "describe-patch-baselines",
                    "--filters",
                    "Key=OWNER,Values=Self",
                    "--query",
                    "baselineidentities[*].baselinename",
                    "--output",
                    "text")
                .out())
        .isEqualTo("standard_baseline\n");
  }

  @Test
  void aChangedBaselineIsShownAndChanged() throws IOException {
    Path file = data.resolve("web.yaml");
    String text =
        """
        name: web
        operatingsystem: debian
        patchgroups: [web]
        approvalrules:
          - patchfiltergroup: [{key: priority, values: [required]}]
        """;
    Files.writeString(file, text);
    assertThat(fleetmend("apply", "--yes", "-f", file.toString()).exit()).isZero();
    Files.writeString(file, text.replace("[required]", "[important]").replace("[web]", "[db]"));
    Outcome plan = fleetmend("plan", "-f", file.toString());
    assertThat(plan.out())
        .contains("~ patch baseline web (DEBIAN)", "Values[0]: Required -> Important")
        .contains("+ patch group db", "- patch group web");
    assertThat(fleetmend("apply", "--yes", "-f", file.toString()).exit()).isZero();
    assertThat(fleetmend("plan", "-f", file.toString()).out()).startsWith("= ");
  }

  @Test
  void theArticlesScheduleBecomesAWindowAndStaysOne() throws IOException {
    String file = article("schedule.yaml");
    Outcome first = fleetmend("apply", "--yes", "-f", file);
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("+ maintenance window patch-group-1", "created maintenance window", "next run ");
    assertThat(fleetmend("plan", "-f", file).out()).startsWith("= maintenance window");
    Path changed = Path.of(file);
    Files.writeString(
        changed,
        Files.readString(changed).replace("00:00", "04:30")
            + "  duration: 2\n  actions:\n    - key: aws-runpatchbaseline\n"
            + "      parameters: {operation: scan}\n");
    Outcome second = fleetmend("apply", "--yes", "-f", file);
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.out())
        .contains("Schedule: cron(0 0 * * ? *) -> cron(30 4 * * ? *)", "Duration: 3 -> 2")
        .contains("Operation[0]: Install -> Scan");
    assertThat(fleetmend("plan", "-f", file).out()).startsWith("= maintenance window");
  }

  @Test
  void aRollbackThatMeansNoNodeSaysSo() throws IOException {
    Outcome rollback = fleetmend("apply", "--yes", "-f", article("rollback.yaml"));
    assertThat(rollback.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(rollback.out()).contains("> patch rollback", "Operation=Uninstall", "no node");
    assertThat(rollback.err()).contains("was not run");
  }

  @Test
  void theArticlesReportOnAnEmptyFleetHasNoRows() throws IOException {
    String line = Files.readString(Path.of(article("report.sh"))).strip();
    String query = line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\''));
    Outcome report = fleetmend("ssm", "describe-instance-patch-states", "--query", query);
    assertThat(report.err()).isEmpty();
    assertThat(report.exit()).isZero();
    assertThat(fleetmend("status").out()).contains("0 nodes");
  }

  @Test
  void theOutputOfNoCommandSaysWhereToLook() {
    Outcome none = fleetmend("output", "5b6c7d8e-0000-4000-8000-00000000000a");
    assertThat(none.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("there is no command", "list-commands");
  }

  @Test
  void refusalsAreOneLineAndHaveTheirExitCode() throws IOException {
    Outcome refused =
        fleetmend("ssm", "get-patch-baseline", "--baseline-id", "pb-00000000000000000");
    assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).startsWith("fleetmend: the server refused GetPatchBaseline (");
    assertThat(refused.err().lines()).hasSize(1);
    Outcome wrong = fleetmend("apply", "-f", data.resolve("none.yaml").toString());
    assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err().lines()).hasSize(1);
    server.close();
    Outcome gone = fleetmend("status");
    assertThat(gone.exit()).isEqualTo(ExitCode.NO_SERVER);
    assertThat(gone.err()).contains("no answer from the server").doesNotContain("\tat ");
  }

  private Outcome fleetmend(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--data";
    all[words.length + 1] = data.toString();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine main =
        Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Outcome(main.execute(all), out.toString(), err.toString());
  }

  private String article(String name) throws IOException {
    Path file = data.resolve(name);
    try (InputStream in = ServerCommandsTest.class.getResourceAsStream("/article/" + name)) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    return file.toString();
  }
}

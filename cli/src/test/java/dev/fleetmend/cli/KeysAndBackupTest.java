package dev.fleetmend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Keys, audit, backup and restore beside a server in a process of its own. */
@Tag("slow")
class KeysAndBackupTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private final List<Path> started = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Path data;

  private record Outcome(int exit, String out, String err) {}

  @BeforeEach
  void start() {
    data = folder.resolve("data");
    up(data);
  }

  @AfterEach
  void stop() {
    started.forEach(one -> fleetmend(one, "down"));
  }

  private void up(Path where) {
    started.add(where);
    Outcome up = fleetmend(where, "up", "--detach", "--no-local-node", "--port", "0");
    assertThat(up.exit()).as(up.err()).isZero();
  }

  @Test
  void aKeyMayWhatItsRoleMayUntilItIsRevoked() throws IOException {
    // A folder with a profile alone is all that the commands need.
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Path profile = theirs.resolve("aws-config");
    Outcome made =
        fleetmend(
            data,
            "key",
            "create",
            "--role",
            "viewer",
            "--name",
            "wall",
            "--to",
            profile.toString());
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(profile)))
        .isEqualTo("rw-------");
    AwsProfile viewer = new DataFolder(theirs).profile();
    assertThat(made.err()).contains(viewer.keyId()).doesNotContain(viewer.secret());
    assertThat(made.out()).isEmpty();

    assertThat(fleetmend(theirs, "ssm", "describe-patch-baselines").exit()).isZero();
    Outcome refused =
        fleetmend(theirs, "ssm", "delete-patch-baseline", "--baseline-id", "pb-0123456789abcdef0");
    assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err())
        .contains(
            "AccessDeniedException",
            "user/" + viewer.keyId() + " is not authorized to perform: ssm:DeletePatchBaseline",
            "patchbaseline/pb-0123456789abcdef0");

    assertThat(fleetmend(data, "audit", "--key", viewer.keyId()).out())
        .contains("viewer", "ssm:DeletePatchBaseline", "AccessDeniedException", "127.0.0.1");
    assertThat(fleetmend(data, "audit", "--resource", viewer.keyId(), "--output", "csv").out())
        .contains(
            "fleetmend:CreateAccessKey,arn:aws:ssm:us-east-1:000000000000:access-key/"
                + viewer.keyId()
                + ",Success,127.0.0.1,");
    JsonNode events =
        new ObjectMapper()
            .readTree(fleetmend(data, "audit", "--since", "1h", "--output", "json").out());
    assertThat(events).hasSize(3);
    assertThat(fleetmend(data, "audit", "--outcome", "refused", "--output", "csv").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("AccessDeniedException"));
    assertThat(fleetmend(data, "audit", "--outcome", "done", "--output", "csv").out())
        .contains("fleetmend:CreateAccessKey")
        .doesNotContain("AccessDeniedException");
    assertThat(fleetmend(data, "audit", "--until", "2026-01-01").out().lines()).hasSize(1);
    assertThat(fleetmend(data, "audit", "--since", "yesterday").exit()).isEqualTo(ExitCode.USAGE);

    assertThat(fleetmend(data, "key", "list").out()).contains(viewer.keyId(), "viewer", "wall");
    assertThat(fleetmend(data, "key", "revoke", viewer.keyId()).exit()).isZero();
    assertThat(fleetmend(theirs, "ssm", "describe-patch-baselines").err())
        .contains("UnrecognizedClientException");
    assertThat(fleetmend(data, "key", "list").out()).doesNotContain(viewer.keyId());
    assertThat(fleetmend(data, "key", "list", "--all").out()).contains(viewer.keyId());

    String own = new DataFolder(data).profile().keyId();
    assertThat(fleetmend(data, "key", "revoke", own).exit()).isEqualTo(ExitCode.FAILED);
    Outcome last = fleetmend(data, "key", "revoke", "--yes", own);
    assertThat(last.exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(last.err()).contains("is the last of an administrator");
    assertThat(Files.readString(data.resolve("server.log"))).doesNotContain(viewer.secret());
  }

  @Test
  void aLostKeyIsMadeAnewWhileTheServerIsDown() throws IOException {
    Path profile = data.resolve("aws-config");
    Files.delete(profile);
    Outcome running = fleetmend(data, "key", "create", "--role", "admin");
    assertThat(running.exit()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(running.err()).contains("Stop it with './fleetmend down'");
    assertThat(fleetmend(data, "down").exit()).isZero();

    Outcome made = fleetmend(data, "key", "create", "--role", "admin", "--name", "found");
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out()).startsWith("[profile fleetmend]\n");
    Files.writeString(profile, made.out());
    up(data);

    AwsProfile known = new DataFolder(data).profile();
    assertThat(known.secret()).isEqualTo(AwsProfile.parse(made.out()).secret());
    assertThat(fleetmend(data, "key", "list").out()).contains(known.keyId(), "found");
    assertThat(fleetmend(data, "audit", "--resource", known.keyId()).out())
        .contains("(this machine)", "fleetmend:CreateAccessKey");
    assertThat(
            fleetmend(data, "key", "create", "--role", "admin", "--to", profile.toString()).err())
        .contains("is there already; no key was made");
  }

  @Test
  void aBackupOfARunningServerIsRestoredElsewhere() throws IOException {
    Path file = folder.resolve("saved.zip");
    assertThat(fleetmend(data, "ssm", "create-patch-baseline", "--name", "kept").exit()).isZero();

    Outcome saved = fleetmend(data, "backup", file.toString());

    assertThat(saved.exit()).as(saved.err()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(fleetmend(data, "audit", "--resource", "saved.zip").out())
        .contains("(this machine)", "fleetmend:Backup", file.toString());
    Outcome onto = fleetmend(data, "restore", file.toString());
    assertThat(onto.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(onto.err()).contains("a server runs on " + data, "nothing was restored");
    fleetmend(data, "down");
    assertThat(fleetmend(data, "restore", file.toString()).err())
        .contains(data + " is not empty; nothing was restored");

    Path elsewhere = folder.resolve("elsewhere");
    assertThat(fleetmend(elsewhere, "restore", file.toString()).exit()).isZero();
    up(elsewhere);
    assertThat(new DataFolder(elsewhere).profile().keyId())
        .isEqualTo(new DataFolder(data).profile().keyId());
    assertThat(
            fleetmend(
                    elsewhere,
                    "ssm",
                    "describe-patch-baselines",
                    "--filters",
                    "Key=OWNER,Values=Self",
                    "--query",
                    "BaselineIdentities[].BaselineName",
                    "--output",
                    "text")
                .out())
        .isEqualTo("kept\n");
    assertThat(fleetmend(elsewhere, "audit", "--resource", "saved.zip").out())
        .contains("(this machine)", "fleetmend:Restore", file.toString());
  }

  private static Outcome fleetmend(Path where, String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--data", where.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = command.execute(arguments.toArray(String[]::new));
    return new Outcome(exit, out.toString(), err.toString());
  }
}

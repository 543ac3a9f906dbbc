package dev.fleetmend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.cli.client.DataFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} and {@code down} as processes of their own. */
@Tag("slow")
class FrontDoorTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path data;

  private List<String> prefix = List.of();
  private List<String> options = List.of();

  private record Outcome(int exit, String out, String err) {
    void isRefused(int code, String... parts) {
      assertThat(exit).as(err).isEqualTo(code);
      assertThat(err.lines()).hasSize(1);
      assertThat(err).startsWith("fleetmend: ").contains(parts).contains("nothing was started");
    }
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    if (data != null && Files.exists(data)) {
      fleetmend("down");
    }
  }

  @Test
  void aDetachedServerLivesUntilItIsToldToStopAndKeepsItsKey()
      throws IOException, InterruptedException {
    data = folder.resolve("data");
    Outcome up = fleetmend("up", "--detach", "--no-local-node", "--port", "0");
    assertThat(up.exit()).as(up.err()).isZero();
    String key = new DataFolder(data).profile().keyId();
    assertThat(up.out()).contains("Fleetmend answers at http://127.0.0.1:");
    assertThat(fleetmend("status").out()).contains("0 nodes");
    try (Stream<Path> files = Files.list(data).filter(Files::isRegularFile)) {
      assertThat(files).isNotEmpty().allSatisfy(FrontDoorTest::isPrivate);
    }

    String log = Files.readString(data.resolve("server.log"));
    for (String detach : List.of("--detach", "--no-local-node")) {
      fleetmend("up", detach, "--port", "0")
          .isRefused(ExitCode.ENVIRONMENT, "a server runs on " + data + " already (process ");
    }
    assertThat(Files.readString(data.resolve("server.log"))).isEqualTo(log);
    assertThat(fleetmend("status").exit()).isZero();

    assertThat(fleetmend("down").out()).contains("The server is stopped.");
    assertThat(fleetmend("status").exit()).isEqualTo(ExitCode.NO_SERVER);
    assertThat(fleetmend("down").out()).contains("No server runs on " + data);
    assertThat(fleetmend("up", "--detach", "--no-local-node", "--port", "0").exit()).isZero();
    assertThat(new DataFolder(data).profile().keyId()).isEqualTo(key);
  }

  @Test
  void aTakenPortIsRefusedAndLeavesNoServerBehind() throws IOException, InterruptedException {
    data = folder.resolve("data");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      for (List<String> how : List.of(List.of("--no-local-node"), List.of("--detach"))) {
        List<String> words = new ArrayList<>(List.of("up", "--port", port));
        words.addAll(how);
        fleetmend(words.toArray(String[]::new))
            .isRefused(ExitCode.ENVIRONMENT, "cannot listen on 127.0.0.1 port " + port);
      }
    }
    assertThat(data.resolve("aws-config")).doesNotExist();
    assertThat(fleetmend("up", "--detach", "--no-local-node", "--port", "0").exit()).isZero();
  }

  @Test
  void aDataFolderThatCannotBeWrittenIsRefused() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    for (String how : List.of("--no-local-node", "--detach")) {
      run(file.resolve("data"), "up", how, "--port", "0")
          .isRefused(ExitCode.ENVIRONMENT, "cannot write to the data folder " + file);
    }
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void whatCanBeReachedFromElsewhereNeedsTls() throws IOException, InterruptedException {
    data = folder.resolve("data");
    fleetmend("up", "--bind", "0.0.0.0").isRefused(ExitCode.USAGE, "0.0.0.0", "needs --tls");
    fleetmend("up", "--detach", "--bind", "::").isRefused(ExitCode.USAGE, "needs --tls");
    assertThat(data).doesNotExist();
  }

  @Test
  void whatIsNoJdksModulesMakesNoImageOfTheAgent() throws IOException, InterruptedException {
    data = folder.resolve("data");
    for (String how : List.of("--no-local-node", "--detach")) {
      fleetmend("up", how, "--jmods", folder.toString())
          .isRefused(ExitCode.USAGE, "--jmods: " + folder + " has no java.base.jmod");
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void anOutageOfTheDatabaseIsToldFromARefusal() throws IOException, InterruptedException {
    data = folder.resolve("data");
    fleetmend("up", "--db", "jdbc:mysql://127.0.0.1/x")
        .isRefused(ExitCode.USAGE, "--db: the database URL must begin with");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      fleetmend("up", "--db", url.replace("/postgres?", "/absent?") + "&password=hidden")
          .isRefused(
              ExitCode.ENVIRONMENT, "/absent cannot be used", "does not exist", "Check user");
      Outcome up = fleetmend("up", "--detach", "--no-local-node", "--port", "0", "--db", url);
      assertThat(up.exit()).as(up.err()).isZero();
      assertThat(fleetmend("status").exit()).isZero();
      assertThat(data.resolve("fleetmend.db")).doesNotExist();
      fleetmend("down");
      Outcome unnamed = fleetmend("key", "create", "--role", "viewer");
      assertThat(unnamed.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(unnamed.err()).contains("PostgreSQL; no key was made. Name its database");
      assertThat(data.resolve("fleetmend.db")).doesNotExist();
      assertThat(fleetmend("key", "create", "--role", "viewer", "--db", url).out())
          .contains("aws_secret_access_key = ");
      assertThat(fleetmend("backup", folder.resolve("saved.zip").toString()).err())
          .contains("pg_dump");
    }
    Outcome gone =
        fleetmend("up", "--db", "jdbc:postgresql://127.0.0.1:1/fleet?user=me&password=hidden");
    gone.isRefused(
        ExitCode.ENVIRONMENT, "jdbc:postgresql://127.0.0.1:1/fleet does not answer", "See that");
    assertThat(gone.err()).doesNotContain("hidden");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException, InterruptedException {
    data = Files.createDirectory(folder.resolve("data"));
    String text = "this is no database, whatever its name says\n".repeat(100);
    Path file = Files.writeString(data.resolve("fleetmend.db"), text);
    fleetmend("up", "--no-local-node", "--port", "0")
        .isRefused(ExitCode.ENVIRONMENT, file.toString(), "not a database");
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  private static void isPrivate(Path file) {
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As on hardened machines, with a file system of its own in place of theirs. */
  @Test
  void aServerStartsWhereNothingTemporaryMayBeExecuted() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "only root may mount a file system");
    data = folder.resolve("data");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    prefix =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-ec",
            "mount -t tmpfs -o noexec tmpfs \"$0\"; exec \"$@\"",
            temporary.toString());
    options = List.of("-Djava.io.tmpdir=" + temporary);

    Outcome up = fleetmend("up", "--detach", "--no-local-node", "--port", "0");

    assertThat(up.exit()).as(up.err()).isZero();
    assertThat(fleetmend("down").exit()).isZero();
    assertThat(data.resolve("native")).isEmptyDirectory();
  }

  private Outcome fleetmend(String... words) throws IOException, InterruptedException {
    return run(data, words);
  }

  private Outcome run(Path where, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.fleetmend.cli.Main"));
    command.addAll(List.of(words));
    command.addAll(List.of("--data", where.toString()));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end; it said " + Files.readString(err));
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}

package dev.fleetmend.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's text, in a folder where it finds nothing but what the test puts there. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "fleetmend");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void anOlderJdkIsNotTakenAndNothingIsBuilt() throws IOException, InterruptedException {
    Path old = jdk("17.0.9");
    String said = launch(old, 3);
    assertThat(said.lines()).hasSize(1);
    assertThat(said).startsWith("fleetmend: no JDK 25 or newer found").contains("JAVA_HOME");
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  void aRuntimeWithoutACompilerIsNoJdk() throws IOException, InterruptedException {
    Path runtime = jdk("25.0.1");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(launch(runtime, 3)).contains("no JDK 25 or newer found");
  }

  @Test
  void withoutMavenItSaysSo() throws IOException, InterruptedException {
    String said = launch(jdk("25.0.1"), 3);
    assertThat(said.lines()).hasSize(1);
    assertThat(said).startsWith("fleetmend: no mvn found on the PATH");
  }

  /** A folder that looks like a JDK of a version. */
  private Path jdk(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("jdk"));
    Files.createDirectories(home.resolve("bin"));
    for (String program : new String[] {"java", "javac"}) {
      Path file = Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** Runs it without the JDKs and the Maven of this machine. */
  private String launch(Path javaHome, int exit) throws IOException, InterruptedException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : new String[] {"sh", "sed", "dirname", "readlink", "find", "head", "date"}) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    String elsewhere = folder.resolve("none").toString();
    Path launcher =
        Files.writeString(
            folder.resolve("fleetmend"),
            Files.readString(LAUNCHER)
                .replaceAll("/usr/lib/jvm|/usr/java|/opt/java|/opt/jdk|/Library/Java", elsewhere));
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", launcher.toString(), "status").redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(exit);
    return said;
  }
}

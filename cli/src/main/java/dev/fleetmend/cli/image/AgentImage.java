package dev.fleetmend.cli.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the agent's image from the running JDK: a stripped runtime with java.base and java.xml, the
 * agent's classes, a launcher {@code bin/fleetmend-agent} and an AOT cache, which the launcher does
 * without where it does not fit.
 */
public final class AgentImage {
  /** Serial GC, C1 and small spaces: what makes an idle agent small. */
  static final String FLAGS =
      "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms4m -Xmx64m -Xss256k"
          + " -XX:ReservedCodeCacheSize=16m -XX:+UseCompactObjectHeaders"
          + " -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30";

  private final Path folder;

  /** In a folder that does not exist yet. */
  public AgentImage(Path folder) {
    this.folder = folder;
  }

  /** The program in it. */
  public Path launcher() {
    return folder.resolve("bin/fleetmend-agent");
  }

  /**
   * Makes the image.
   *
   * @param classes one class of each library that the agent needs
   * @throws IOException when the JDK's tools fail; the message holds what they said
   */
  public void make(List<Class<?>> classes) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"));
    run(
        List.of(
            java.resolve("bin/jlink").toString(),
            "--add-modules",
            "java.base,java.xml",
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            folder.toString()));
    Path libraries = Files.createDirectory(folder.resolve("app"));
    int count = 0;
    for (Class<?> type : classes) {
      jar(java, place(type), libraries.resolve("agent-" + count++ + ".jar"));
    }
    Files.writeString(launcher(), script());
    Files.setPosixFilePermissions(launcher(), PosixFilePermissions.fromString("rwxr-xr-x"));
    train();
  }

  private static Path place(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("cannot find where " + type + " is", e);
    }
  }

  private static void jar(Path java, Path place, Path jar)
      throws IOException, InterruptedException {
    if (Files.isRegularFile(place)) {
      Files.copy(place, jar);
    } else {
      run(
          List.of(
              java.resolve("bin/jar").toString(),
              "--create",
              "--date=2026-01-01T00:00:00Z",
              "--file=" + jar,
              "-C",
              place.toString(),
              "."));
    }
  }

  private String script() throws IOException {
    List<String> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("app"))) {
      files.sorted().forEach(jar -> jars.add("$home/app/" + jar.getFileName()));
    }
    return """
        #!/bin/sh
        home=$(dirname "$(dirname "$(readlink -f "$0")")")
        exec "$home/bin/java" %s ${FLEETMEND_AOT:--XX:AOTCache=$home/app/agent.aot} \\
          -Xlog:disable -Xlog:all=off:stderr "-Dfleetmend.launcher=$home/bin/fleetmend-agent" \\
          -cp "%s" dev.fleetmend.node.FleetmendAgent "$@"
        """
        .formatted(FLAGS, String.join(":", jars));
  }

  /** A run that only prints its usage loads most of what a start needs. */
  private void train() throws IOException, InterruptedException {
    Process training =
        builder(List.of(launcher().toString(), "run", "--config", folder + "/app/none.json"));
    training.waitFor();
  }

  private Process builder(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .put("FLEETMEND_AOT", "-XX:AOTCacheOutput=" + folder.resolve("app/agent.aot"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + said.strip());
    }
  }
}

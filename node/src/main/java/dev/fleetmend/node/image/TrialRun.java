package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.node.FleetmendAgent;
import dev.fleetmend.node.state.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An agent's short life with a server that only plays one, over TLS on loopback: it enrols, beats,
 * runs a command, and ends. What it loaded on the way is kept as the image's cache (JEP 514).
 */
final class TrialRun {
  private static final long PATIENCE_SECONDS = 60;

  private final Path java;
  private final List<String> program;
  private final String classPath;
  private final Path scratch;

  TrialRun(Path java, List<String> program, String classPath, Path scratch) {
    this.java = java;
    this.program = program;
    this.classPath = classPath;
    this.scratch = scratch;
  }

  /** Runs it and writes the cache. */
  void record(Path cache) throws IOException, InterruptedException {
    DurableFile.makeFolder(scratch);
    Path config = scratch.resolve("agent.json");
    try (TrialServer server = TrialServer.start(java, scratch)) {
      Process enrolling =
          agent(
              List.of(),
              List.of(
                  "enroll",
                  "--endpoint",
                  server.address(),
                  "--ca",
                  server.certificate().toString(),
                  "--activation-id",
                  "00000000-0000-0000-0000-000000000000",
                  "--state",
                  scratch.resolve("state").toString(),
                  "--config",
                  config.toString()));
      enrolling.getOutputStream().write("a code that is none\n".getBytes(UTF_8));
      enrolling.getOutputStream().close();
      await(enrolling, "enrol");
      Process running =
          agent(
              List.of("-XX:AOTCacheOutput=" + cache),
              List.of("run", "--config", config.toString()));
      if (!server.awaitEnd(PATIENCE_SECONDS)) {
        running.destroyForcibly();
        throw new IOException("the agent's trial run did not get to its end: " + said());
      }
      running.destroy();
      await(running, "run");
    }
    if (!Files.exists(cache)) {
      throw new IOException("the agent's trial run left no cache: " + said());
    }
  }

  private Process agent(List<String> flags, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, FleetmendAgent.class.getName()));
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private void await(Process process, String what) throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the agent's trial to " + what + " did not end: " + said());
    }
  }

  private Path log() {
    return scratch.resolve("log");
  }

  private String said() throws IOException {
    return Files.readString(log()).strip();
  }
}

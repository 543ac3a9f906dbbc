package dev.fleetmend.cli.up;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.server.access.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which outlives the command that starts it. */
final class DetachedServer {
  /** Set in the process that runs behind: nobody reads its welcome. */
  static final String QUIET = "fleetmend.detached";

  /** What the launcher starts a server's java with, in its folder of a build. */
  private static final List<String> ARGUMENT_FILES = List.of("common.args", "prepared.args");

  private static final String OWN_WORDS = "fleetmend: ";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DataFolder folder;

  DetachedServer(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts it, and returns when it answers.
   *
   * @param arguments of this program, of which {@code --detach} is left out
   * @throws Problem where it ends instead; the message is its own
   */
  void start(List<String> arguments) throws IOException, InterruptedException {
    ServerLock.requireFree(folder);
    try {
      PrivateFiles.createFolder(folder.path());
      PrivateFiles.write(folder.log(), new byte[0]);
    } catch (IOException e) {
      throw StartProblem.dataFolder(folder, e);
    }
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
            .start();
    Instant until = Instant.now().plus(PATIENCE);
    while (!answers(process)) {
      if (!process.isAlive()) {
        throw new Problem(Math.max(ExitCode.FAILED, process.exitValue()), lastWords());
      }
      if (Instant.now().isAfter(until)) {
        process.destroy();
        throw new Problem(
            ExitCode.FAILED,
            "the server did not answer in time and was stopped; see " + folder.log());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean answers(Process process) throws IOException {
    return ServerLock.said(folder)
        .filter(holder -> holder.pid() == process.pid() && holder.port() != 0)
        .isPresent();
  }

  private String lastWords() throws IOException {
    return Files.readAllLines(folder.log()).stream()
        .filter(line -> line.startsWith(OWN_WORDS))
        .map(line -> line.substring(OWN_WORDS.length()))
        .reduce((earlier, later) -> later)
        .orElse("the server ended before it answered; see " + folder.log());
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String generation = System.getProperty("fleetmend.generation");
    if (generation == null) {
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    } else {
      for (String file : ARGUMENT_FILES) {
        command.add("@" + Path.of(generation, file));
      }
    }
    command.add("-Duser.home=" + System.getProperty("user.home"));
    command.add("-D" + QUIET + "=true");
    command.add("dev.fleetmend.cli.Main");
    arguments.stream().filter(word -> !word.equals("--detach")).forEach(command::add);
    return command;
  }
}

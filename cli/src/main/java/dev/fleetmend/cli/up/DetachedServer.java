package dev.fleetmend.cli.up;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.server.access.PrivateFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which outlives the command that starts it. */
final class DetachedServer {
  /** Set in the process that runs behind: nobody reads its welcome. */
  static final String QUIET = "fleetmend.detached";

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
    try {
      PrivateFiles.createFolder(folder.path());
      Files.deleteIfExists(folder.log());
      PrivateFiles.write(folder.log(), new byte[0]);
    } catch (IOException e) {
      throw new Problem(
          ExitCode.ENVIRONMENT,
          "cannot write to the data folder "
              + folder.path()
              + " ("
              + e
              + "); nothing was started. Use another --data, or mend its permissions");
    }
    Process process =
        new ProcessBuilder(command(arguments))
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
            .start();
    Instant until = Instant.now().plus(PATIENCE);
    while (!answers(process)) {
      if (!process.isAlive()) {
        String said = Files.readString(folder.log()).strip().replaceFirst("^fleetmend: ", "");
        throw new Problem(process.exitValue(), said);
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
    Optional<ServerLock.Holder> holder = ServerLock.holder(folder);
    return holder.isPresent() && holder.get().pid() == process.pid() && holder.get().port() != 0;
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-D" + QUIET + "=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.fleetmend.cli.Main");
    arguments.stream().filter(word -> !word.equals("--detach")).forEach(command::add);
    return command;
  }
}

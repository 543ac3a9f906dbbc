package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The namespaces that a lab lives in: its bridge, and the process whose end is the end of every
 * process of the lab. Addresses are 10.99.0.0/16 inside; nothing of it is seen outside, so labs
 * side by side cannot meet.
 */
final class LabNetwork {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Path folder;
  private final long pid;

  private LabNetwork(Path folder, long pid) {
    this.folder = folder;
    this.pid = pid;
  }

  static LabNetwork start(Path folder, Scripts scripts, Lifetime lifetime) {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--pid", "--net", "--fork", "--kill-child=KILL", "--"));
    command.addAll(List.of(scripts.path("network.sh"), folder.toString(), lifetime.name()));
    if (lifetime == Lifetime.DETACHED) {
      command.addFirst("setsid");
    }
    Folders.remove(folder.resolve("pid"));
    Process process = quiet(folder, command, lifetime);
    Patience.until(
        "the start of the lab's network (see " + folder.resolve("log") + ")",
        LIMIT,
        () -> {
          if (!process.isAlive()) {
            throw new LabException(
                "cannot make the lab's namespaces: "
                    + Folders.read(folder.resolve("log")).orElse(""));
          }
          return running(folder).isPresent();
        });
    return running(folder).orElseThrow();
  }

  /** The network of a lab in this folder that runs now. */
  static Optional<LabNetwork> running(Path folder) {
    return Folders.readProcess(folder.resolve("pid"))
        .filter(pid -> commandLine(pid).contains(folder + "\0"))
        .map(pid -> new LabNetwork(folder, pid));
  }

  private static String commandLine(long pid) {
    return Folders.read(Path.of("/proc", Long.toString(pid), "cmdline")).orElse("");
  }

  long pid() {
    return pid;
  }

  /** A command in the lab's network namespace only. */
  Execution inNetwork(String... command) {
    return new Execution(
        List.of("nsenter", "--net=/proc/" + pid + "/ns/net", "env"), List.of(command));
  }

  /** Starts what runs until the lab ends: in its pid namespace and, if asked, its network. */
  Process startInside(boolean inNetwork, Path log, String... command) {
    List<String> all =
        new ArrayList<>(List.of("setsid", "nsenter", "--pid=/proc/" + pid + "/ns/pid"));
    if (inNetwork) {
      all.add("--net=/proc/" + pid + "/ns/net");
    }
    all.addAll(List.of(command));
    try {
      return new ProcessBuilder(all)
          .directory(folder.toFile())
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new LabException("cannot start " + command[0] + ": " + e.getMessage(), e);
    }
  }

  /** Ends every process of the lab. */
  void stop() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    Patience.until("the end of the lab", LIMIT, () -> running(folder).isEmpty());
  }

  private static Process quiet(Path folder, List<String> command, Lifetime lifetime) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    if (lifetime == Lifetime.DETACHED) {
      builder.redirectInput(Path.of("/dev/null").toFile());
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new LabException("cannot start the lab: " + e.getMessage(), e);
    }
  }
}

package dev.fleetmend.node.document;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program in a session of its own, so that it can be killed with all that it started. */
final class ProcessGroup {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** Becomes the program once it is told to; where whoever started it has died before, it ends. */
  private static final String HELD = "read -r FLEETMEND_GO && exec \"$@\" </dev/null";

  private ProcessGroup() {}

  /** What a restarted agent needs to find the group again. */
  record Leader(long pid, long startedAtMillis) {
    static Leader of(Process process) {
      return new Leader(process.pid(), startOf(process.toHandle()));
    }

    /** Kills what is left of the group, where the process id still is this one's. */
    void killLeftOver() {
      ProcessHandle.of(pid)
          .filter(handle -> startOf(handle) == startedAtMillis)
          .ifPresent(ProcessGroup::kill);
    }

    private static long startOf(ProcessHandle handle) {
      return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
  }

  /**
   * Starts it with its output appended to two files and nothing to read. It runs only once {@code
   * started} has kept its leader: an agent that is killed before leaves nothing running that the
   * next one could not find.
   */
  static Process start(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      Path out,
      Path err,
      StepRun.Started started)
      throws IOException {
    List<String> whole = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      whole.add(SETSID.toString());
    }
    whole.addAll(List.of("/bin/sh", "-c", HELD, "sh"));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().putAll(environment);
    Process process =
        builder
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
            .start();
    try {
      started.by(Leader.of(process));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
    letGo(process);
    return process;
  }

  private static void letGo(Process process) {
    try (OutputStream gate = process.getOutputStream()) {
      gate.write('\n');
    } catch (IOException e) {
      // Somebody has killed it meanwhile; its exit code says so.
    }
  }

  /** Kills the process, its group and its descendants, at once. */
  static void kill(ProcessHandle leader) {
    List<ProcessHandle> descendants = leader.descendants().toList();
    try {
      new ProcessBuilder("sh", "-c", "kill -KILL -- \"-$1\"", "sh", Long.toString(leader.pid()))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join();
    } catch (IOException e) {
      leader.destroyForcibly();
    }
    leader.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}

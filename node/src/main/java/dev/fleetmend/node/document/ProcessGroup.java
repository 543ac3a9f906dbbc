package dev.fleetmend.node.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program in a session of its own, so that it can be killed with all that it started. */
final class ProcessGroup {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

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

  /** Starts it with its output appended to two files and nothing to read. */
  static Process start(
      List<String> command, Map<String, String> environment, Path folder, Path out, Path err)
      throws IOException {
    List<String> whole = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      whole.add(SETSID.toString());
    }
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().putAll(environment);
    return builder
        .directory(folder.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
        .start();
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

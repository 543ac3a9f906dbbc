package dev.fleetmend.node.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A step about to run.
 *
 * @param folder the step's own, which keeps its output over reboots
 * @param environment what its programs see besides the agent's own
 * @param going told when there is output that is worth knowing before the step's end
 * @param started told which process leads the step, before the step is waited for
 */
record StepRun(
    Step step,
    Path folder,
    Map<String, String> environment,
    Cancellation cancellation,
    Started started,
    Going going) {
  /** Tells the server of the output so far. */
  interface Going {
    void on() throws IOException;
  }

  /** Keeps what a restarted agent needs to clean up. */
  interface Started {
    void by(ProcessGroup.Leader leader) throws IOException;
  }

  Path standardOutput() {
    return folder.resolve("stdout");
  }

  Path standardError() {
    return folder.resolve("stderr");
  }

  void print(String out, String err) throws IOException {
    append(standardOutput(), out);
    append(standardError(), err);
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(
        file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}

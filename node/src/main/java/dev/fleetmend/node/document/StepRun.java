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
 * @param folder the step's own, which outlives reboots
 * @param outputFolder where its output is kept: the step's own, or that of the step that runs its
 *     document
 * @param environment what its programs see besides the agent's own
 * @param going told when there is output that is worth knowing before the step's end
 * @param started told which process leads the step, before anything of the step runs
 */
record StepRun(
    Step step,
    Path folder,
    Path outputFolder,
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
    return outputFolder.resolve("stdout");
  }

  Path standardError() {
    return outputFolder.resolve("stderr");
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

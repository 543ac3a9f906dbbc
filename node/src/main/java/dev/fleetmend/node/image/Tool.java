package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** The JDK's tools. */
final class Tool {
  private Tool() {}

  /**
   * Runs one to its end, and gives what it said.
   *
   * @throws IOException when it fails; the message holds what it said
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + said.strip());
    }
    return said;
  }
}

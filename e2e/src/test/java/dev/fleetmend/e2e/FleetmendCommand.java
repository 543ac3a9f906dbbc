package dev.fleetmend.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code fleetmend}, in a process of its own, on one data folder. */
record FleetmendCommand(Path data) {
  /** Carries out a declarative file without asking, and gives what the command printed. */
  String apply(Path file) {
    return run(0, "apply", "--data", data.toString(), "--yes", "-f", file.toString());
  }

  /** Runs the command, which must end with an exit code, and gives what it printed. */
  String run(int exitCode, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}

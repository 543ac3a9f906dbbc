package dev.fleetmend.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The unchanged aws CLI, pointed at a server by an AWS configuration file. */
final class AwsCli {
  private final Path config;

  AwsCli(Path config) {
    this.config = config;
  }

  static boolean present() {
    try {
      return new ProcessBuilder("aws", "--version").redirectErrorStream(true).start().waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs {@code aws ssm} with text output and gives what it printed, which must be a success. */
  String ssm(String... arguments) {
    List<String> command = new ArrayList<>(List.of("aws", "ssm"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--output", "text"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_CONFIG_FILE", config.toString());
    builder.environment().put("AWS_PROFILE", "fleetmend");
    builder.environment().put("AWS_PAGER", "");
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}

package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.ChangeListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs apt where it changes packages, and watches its log for the step it is at. */
final class AptChanges {
  private static final int BETWEEN_LOOKS_MS = 50;
  private static final int MOST_AT_ONCE = 1 << 16;

  private final AptCommands commands;

  AptChanges(AptCommands commands) {
    this.commands = commands;
  }

  void run(List<String> arguments, Path log, ChangeListener listener) throws IOException {
    long from = Files.exists(log) ? Files.size(log) : 0;
    Process process = commands.change(arguments, log);
    boolean told = false;
    while (!ended(process)) {
      if (!told && configures(log, from)) {
        told = true;
        listener.configuring();
      }
    }
  }

  void configureAll(Path log) throws IOException {
    Finish.of(commands.configureAll(log));
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(BETWEEN_LOOKS_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Finish.of(process);
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Whether the newest lines of the log tell of a package being configured. */
  private static boolean configures(Path log, long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(from, file.length() - MOST_AT_ONCE);
      byte[] newest = new byte[(int) Math.max(0, file.length() - start)];
      file.seek(start);
      file.readFully(newest);
      return new String(newest, StandardCharsets.UTF_8).contains("\nSetting up ");
    }
  }
}

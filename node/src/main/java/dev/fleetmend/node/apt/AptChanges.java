package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.ChangeListener;
import dev.fleetmend.node.program.Finish;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs apt where it changes packages, and watches its log for the step it is at. */
final class AptChanges {
  private static final int BETWEEN_LOOKS_MS = 50;
  private static final int MOST_AT_ONCE = 1 << 16;
  private static final int MOST_TRIES = 3;

  /** Above it Java puts the signal that ended a process. */
  private static final int SIGNALLED = 128;

  /** What apt says when dpkg below it did not end by itself. */
  private static final Pattern DPKG_KILLED =
      Pattern.compile(
          "(?m)^E: Sub-process \\S+ (?:received signal|received a segmentation|exited unexpectedly)");

  private final AptCommands commands;

  AptChanges(AptCommands commands) {
    this.commands = commands;
  }

  /**
   * Runs apt to its end.
   *
   * @return whether it, or dpkg below it, was killed
   */
  boolean run(List<String> arguments, Path log, ChangeListener listener) throws IOException {
    long from = Files.exists(log) ? Files.size(log) : 0;
    Process process = commands.change(arguments, log);
    boolean told = false;
    while (!ended(process)) {
      if (!told && configures(log, from)) {
        told = true;
        listener.configuring();
      }
    }
    return Finish.of(process) > SIGNALLED || DPKG_KILLED.matcher(newest(log, from)).find();
  }

  /** Configures what is left to be, again where that was killed. */
  void configureAll(Path log) throws IOException {
    int tries = 1;
    while (Finish.of(commands.configureAll(log)) > SIGNALLED && tries < MOST_TRIES) {
      tries++;
    }
  }

  /** Has dpkg install files; a second time those that needed others to be configured first. */
  void unpackAll(List<String> files, Path log) throws IOException {
    int tries = 1;
    while (Finish.of(commands.unpackAll(files, log)) != 0 && tries < MOST_TRIES) {
      tries++;
    }
  }

  /** Has dpkg remove packages, half-installed ones too. */
  void purge(List<String> names, Path log) throws IOException {
    Finish.of(commands.purge(names, log));
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
    return newest(log, from).contains("\nSetting up ");
  }

  private static String newest(Path log, long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(from, file.length() - MOST_AT_ONCE);
      byte[] newest = new byte[(int) Math.max(0, file.length() - start)];
      file.seek(start);
      file.readFully(newest);
      return new String(newest, StandardCharsets.UTF_8);
    }
  }
}

package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.LockHeldException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The locks that rpm and the package managers above it hold while they work, and the scripts of
 * packages that a killed one left running.
 */
public final class RpmLock {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** As rpm calls the scripts of packages: unpacked to a file with such a name. */
  private static final Pattern SCRIPT = Pattern.compile("/\\S*/rpm-tmp\\.\\w{6}");

  private final RpmDatabase database;
  private final List<Path> pidFiles;

  /**
   * @param pidFiles files in which the package managers above rpm write their process id, or which
   *     they lock
   */
  public RpmLock(RpmDatabase database, List<Path> pidFiles) {
    this.database = database;
    this.pidFiles = List.copyOf(pidFiles);
  }

  /** As the same method of the package manager. */
  public void await(Duration deadline) throws IOException, LockHeldException {
    removeOfEarlierBoots();
    long end = System.nanoTime() + deadline.toNanos();
    Path lock = Path.of(database.evaluate("%_rpmlock_path"));
    Optional<String> obstacle = obstacle(lock);
    while (obstacle.isPresent()) {
      if (System.nanoTime() >= end) {
        throw new LockHeldException(obstacle.get());
      }
      pause();
      obstacle = obstacle(lock);
    }
    database.recoverEnvironment();
  }

  /**
   * A power cut leaves such a file where a disk keeps it, and its process id is another's after the
   * boot: dnf 4 would wait for that one without end. dnf has systemd-tmpfiles remove its files at
   * boot, where there is a systemd. Of the second in which the boot began nothing that runs is.
   */
  private void removeOfEarlierBoots() throws IOException {
    for (Path file : pidFiles) {
      if (file.toString().endsWith(".pid")
          && Files.isRegularFile(file)
          && Files.getLastModifiedTime(file).to(TimeUnit.SECONDS) <= RpmHost.bootTime()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Optional<String> obstacle(Path lock) throws IOException {
    if (Files.exists(lock) && isHeld(lock)) {
      return Optional.of(lock + ", which " + holder(lock) + " holds");
    }
    for (Path file : pidFiles) {
      Optional<Path> process = process(file);
      if (process.isPresent()) {
        return Optional.of(file + ", which " + words(process.get()) + " holds");
      }
      if (Files.isRegularFile(file) && isHeld(file)) {
        return Optional.of(file + ", which " + holder(file) + " holds");
      }
    }
    return script();
  }

  /**
   * Whether another process holds the lock of a file. Takes it for an instant: nothing else tells
   * the truth across file systems.
   */
  public static boolean isHeld(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  /** The live process that a file names. */
  private static Optional<Path> process(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file).strip();
    if (!text.matches("\\d{1,10}")) {
      return Optional.empty();
    }
    Path process = Path.of("/proc", text);
    return Files.exists(process) && !commandLine(process).isEmpty()
        ? Optional.of(process)
        : Optional.empty();
  }

  private static Optional<String> script() throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        boolean runsScript =
            List.of(commandLine(process).split(" ", -1)).stream()
                .anyMatch(word -> SCRIPT.matcher(word).matches());
        if (runsScript && worksHere(process)) {
          return Optional.of("the end of a package's script, " + words(process));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether its root is this host's, and not a container's. */
  private static boolean worksHere(Path process) {
    try {
      return Files.isSameFile(process.resolve("root").resolve("etc"), Path.of("/etc"));
    } catch (IOException e) {
      return false;
    }
  }

  /** The process that has the lock's file open, by id and command line. */
  private static String holder(Path lock) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (hasOpen(process, lock)) {
          return words(process);
        }
      }
    }
    return "a process not visible from here";
  }

  private static boolean hasOpen(Path process, Path file) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (Files.isSymbolicLink(descriptor) && Files.readSymbolicLink(descriptor).equals(file)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static String words(Path process) {
    return "process " + process.getFileName() + " (" + commandLine(process) + ")";
  }

  /** Empty where it has ended. */
  private static String commandLine(Path process) {
    try {
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      return new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while waiting for a lock");
    }
  }
}

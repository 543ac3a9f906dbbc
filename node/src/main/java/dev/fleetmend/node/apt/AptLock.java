package dev.fleetmend.node.apt;

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

/** The locks that apt and dpkg hold while they work. */
final class AptLock {
  private static final List<Path> LOCKS =
      List.of(
          Path.of("/var/lib/dpkg/lock-frontend"),
          Path.of("/var/lib/dpkg/lock"),
          Path.of("/var/cache/apt/archives/lock"),
          Path.of("/var/lib/apt/lists/lock"));
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final DpkgDatabase dpkg;

  AptLock(DpkgDatabase dpkg) {
    this.dpkg = dpkg;
  }

  /**
   * Waits until no other process holds one of the locks, and no script of a package runs that a
   * killed dpkg left behind: it holds none.
   */
  void await(Duration deadline) throws IOException, LockHeldException {
    long end = System.nanoTime() + deadline.toNanos();
    Optional<String> obstacle = obstacle();
    while (obstacle.isPresent()) {
      if (System.nanoTime() >= end) {
        throw new LockHeldException(obstacle.get());
      }
      pause();
      obstacle = obstacle();
    }
  }

  private Optional<String> obstacle() throws IOException {
    Optional<Path> held = held();
    if (held.isPresent()) {
      return Optional.of(held.get() + ", which " + holder(held.get()) + " holds");
    }
    List<PackageScripts.Script> scripts = PackageScripts.running();
    List<DpkgPackage> packages = scripts.isEmpty() ? List.of() : dpkg.packages();
    return scripts.stream()
        .filter(script -> script.isInterrupted(packages))
        .map(script -> "the end of " + script.words())
        .findFirst();
  }

  private static Optional<Path> held() throws IOException {
    for (Path lock : LOCKS) {
      if (Files.exists(lock) && isHeld(lock)) {
        return Optional.of(lock);
      }
    }
    return Optional.empty();
  }

  /** Takes the lock for an instant: nothing else tells the truth across file systems. */
  private static boolean isHeld(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  /** The process that has the lock's file open, by id and command line. */
  private static String holder(Path lock) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (hasOpen(process, lock)) {
          return "process " + process.getFileName() + " (" + commandLine(process) + ")";
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

  private static String commandLine(Path process) throws IOException {
    byte[] line = Files.readAllBytes(process.resolve("cmdline"));
    return new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
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

package dev.fleetmend.cli.up;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.server.access.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Held by the one server of a data folder while it lives. The file's text is its process id and,
 * once it answers, its port; the lock itself goes with the process, however that ends.
 */
public final class ServerLock implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final FileChannel channel;

  /** Who holds a lock; the port is 0 until the server answers. */
  public record Holder(long pid, int port) {}

  private ServerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock for this process.
   *
   * @throws Problem where another server runs on the folder
   */
  static ServerLock take(DataFolder folder) throws IOException {
    FileChannel channel = PrivateFiles.open(folder.lock());
    if (!locked(channel)) {
      channel.close();
      throw held(folder, said(folder));
    }
    ServerLock taken = new ServerLock(channel);
    taken.say(0);
    return taken;
  }

  /** Tries for a moment: whoever only looks whether the lock is held, holds it meanwhile. */
  private static boolean locked(FileChannel channel) throws IOException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      if (lock(channel) != null) {
        return true;
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    return lock(channel) != null;
  }

  /**
   * Looks before anything of a folder is touched.
   *
   * @throws Problem where a server runs on it
   */
  static void requireFree(DataFolder folder) throws IOException {
    Optional<Holder> holder = holder(folder);
    if (holder.isPresent()) {
      throw held(folder, holder);
    }
  }

  private static Problem held(DataFolder folder, Optional<Holder> holder) {
    return new Problem(
        ExitCode.ENVIRONMENT,
        "a server runs on "
            + folder.path()
            + " already"
            + holder.map(one -> " (process " + one.pid() + ")").orElse("")
            + "; nothing was started. Stop it with './fleetmend down', or use another --data");
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Writes down that this process answers on a port. */
  void say(int port) throws IOException {
    byte[] text = (ProcessHandle.current().pid() + " " + port + "\n").getBytes(US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text), 0);
    channel.force(true);
  }

  /** The server that runs on a folder, if one does. */
  public static Optional<Holder> holder(DataFolder folder) throws IOException {
    if (!Files.exists(folder.lock())) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.WRITE)) {
      FileLock free = lock(channel);
      return free == null ? said(folder) : Optional.empty();
    }
  }

  /** What the last holder wrote, whether or not it still runs. */
  static Optional<Holder> said(DataFolder folder) throws IOException {
    if (!Files.exists(folder.lock())) {
      return Optional.empty();
    }
    String[] words = Files.readString(folder.lock(), US_ASCII).strip().split(" ", -1);
    return words.length == 2 && (words[0] + words[1]).matches("[0-9]{2,18}")
        ? Optional.of(new Holder(Long.parseLong(words[0]), Integer.parseInt(words[1])))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.fleetmend.cli.up;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.DataFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Held by the one server of a data folder while it lives. The file's text is its process id and,
 * once it answers, its port; the lock itself goes with the process, however that ends.
 */
final class ServerLock implements AutoCloseable {
  private final FileChannel channel;

  /** Who holds a lock; the port is 0 until the server answers. */
  record Holder(long pid, int port) {}

  private ServerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock for this process.
   *
   * @throws Problem where another server runs on the folder
   */
  static ServerLock take(DataFolder folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.lock(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      String who = text(folder).map(holder -> " (process " + holder.pid() + ")").orElse("");
      throw new Problem(
          ExitCode.ENVIRONMENT,
          "a server runs on "
              + folder.path()
              + " already"
              + who
              + "; nothing was started. Stop it with './fleetmend down', or use another --data");
    }
    ServerLock taken = new ServerLock(channel);
    taken.say(0);
    return taken;
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
  static Optional<Holder> holder(DataFolder folder) throws IOException {
    if (!Files.exists(folder.lock())) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.WRITE)) {
      FileLock free = lock(channel);
      return free == null ? text(folder) : Optional.empty();
    }
  }

  private static Optional<Holder> text(DataFolder folder) throws IOException {
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

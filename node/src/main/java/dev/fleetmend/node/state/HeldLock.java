package dev.fleetmend.node.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock that this process holds until it is closed or the process ends, however it ends. The file
 * names its holder's process id for people; what counts is the kernel's lock on it.
 */
public final class HeldLock implements Closeable {
  /**
   * What this process holds, for all of it: whoever opened such a file once more, only to find it
   * locked, would let the whole process's lock go by closing it (fcntl(2)).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;
  private final Path file;

  private HeldLock(FileChannel channel, Path file) {
    this.channel = channel;
    this.file = file;
  }

  /** Takes the lock, or null where another process (or another part of this one) holds it. */
  public static @Nullable HeldLock tryTake(Path file) throws IOException {
    Path place = file.toAbsolutePath().normalize();
    if (!HELD.add(place)) {
      return null;
    }
    @Nullable HeldLock taken = null;
    try {
      taken = fromKernel(place);
      return taken;
    } finally {
      if (taken == null) {
        HELD.remove(place);
      }
    }
  }

  private static @Nullable HeldLock fromKernel(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (channel.tryLock() == null) {
      channel.close();
      return null;
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return new HeldLock(channel, file);
  }

  /** Who holds the lock, such as {@code process 4711}, by what the file says. */
  public static String holderOf(Path file) {
    try {
      String pid = Files.readString(file).strip();
      return pid.isEmpty() ? "another process" : "process " + pid;
    } catch (IOException e) {
      return "another process";
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}

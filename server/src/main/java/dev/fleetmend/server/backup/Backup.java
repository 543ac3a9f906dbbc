package dev.fleetmend.server.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.server.access.PrivateFiles;
import dev.fleetmend.server.store.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Saves a data folder to one zip archive, mode 0600, while a server may run on it. SQLite is copied
 * first, in one read transaction; what its rows name in the folder is older than they are.
 */
public final class Backup {
  private final Clock clock;

  public Backup(Clock clock) {
    this.clock = clock;
  }

  /**
   * What was saved.
   *
   * @param bytes of all files before they were packed
   * @param engine of the server's database; only SQLite's is in the file
   */
  public record Written(int files, long bytes, Engine engine) {}

  /**
   * Writes a new file.
   *
   * @throws BackupException where it could not be written whole; then it is not there
   */
  public Written write(Path folder, Path file) throws BackupException {
    Path target = file.toAbsolutePath().normalize();
    DataFiles data = new DataFiles(folder);
    if (!data.isServers()) {
      throw new BackupException("no server has kept its data in " + folder);
    }
    if (Files.exists(target)) {
      throw new BackupException(target + " is there already");
    }
    try {
      Path work = Files.createTempDirectory(target.getParent(), ".fleetmend-backup-");
      try {
        Path part = work.resolve("backup.zip");
        Written written = write(data, folder, target, work, part);
        if (written.engine() == Engine.SQLITE) {
          // Before it can be taken away; it holds the server's keys.
          new LocalRecord(clock).add(data.database(), "Backup", target);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        return written;
      } finally {
        Folders.delete(work);
      }
    } catch (IOException e) {
      throw new BackupException("cannot write " + target + " (" + e + ")", e);
    }
  }

  private Written write(DataFiles data, Path folder, Path target, Path work, Path part)
      throws IOException, BackupException {
    Engine engine = data.engine();
    Map<String, String> digests = new TreeMap<>();
    long bytes = 0;
    try (FileChannel channel = PrivateFiles.open(part);
        OutputStream out = Channels.newOutputStream(channel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      if (engine == Engine.SQLITE) {
        Path copy = work.resolve(DataFiles.DATABASE);
        Snapshot.take(data.database(), copy);
        bytes += add(zip, copy, DataFiles.DATABASE, digests);
      }
      for (Path kept : data.kept()) {
        Path source = folder.resolve(kept);
        if (!source.toAbsolutePath().normalize().equals(target)) {
          bytes += addIfThere(zip, source, kept.toString(), digests);
        }
      }
      zip.putNextEntry(new ZipEntry(Manifest.NAME));
      zip.write(new Manifest(clock.instant(), engine, digests).text().getBytes(UTF_8));
      zip.closeEntry();
      zip.finish();
      out.flush();
      channel.force(true);
    }
    return new Written(digests.size(), bytes, engine);
  }

  /** What is replaced or deleted between being listed and being read is not missed. */
  private static long addIfThere(
      ZipOutputStream zip, Path source, String name, Map<String, String> digests)
      throws IOException {
    try {
      return add(zip, source, name, digests);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static long add(
      ZipOutputStream zip, Path source, String name, Map<String, String> digests)
      throws IOException {
    MessageDigest digest = sha256();
    long length = 0;
    try (InputStream in = Files.newInputStream(source)) {
      zip.putNextEntry(new ZipEntry(name));
      byte[] buffer = new byte[64 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        zip.write(buffer, 0, read);
        digest.update(buffer, 0, read);
        length += read;
      }
      zip.closeEntry();
    }
    digests.put(name, HexFormat.of().formatHex(digest.digest()));
    return length;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

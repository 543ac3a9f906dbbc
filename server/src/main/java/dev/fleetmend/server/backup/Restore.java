package dev.fleetmend.server.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.server.access.PrivateFiles;
import dev.fleetmend.server.store.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes a data folder from a backup. All is unpacked and checked beside the folder, which is there
 * wholly or not at all.
 */
public final class Restore {
  private static final int LONGEST_MANIFEST = 64 << 20;

  /**
   * What was restored.
   *
   * @param engine of the server's database; only SQLite's was in the file
   */
  public record Restored(Instant madeAt, Engine engine) {}

  private final Clock clock;

  public Restore(Clock clock) {
    this.clock = clock;
  }

  /**
   * Reads a backup.
   *
   * @throws BackupException where file or folder is not such that it can be restored; then nothing
   *     has changed
   */
  public Restored read(Path file, Path folder) throws BackupException {
    Path target = folder.toAbsolutePath().normalize();
    try {
      if (!Folders.isNewOrEmpty(target)) {
        throw new BackupException(target + " is not empty");
      }
      if (!Files.isReadable(file)) {
        throw new BackupException("cannot read " + file);
      }
      Path parent = Objects.requireNonNull(target.getParent(), "the root is never empty");
      PrivateFiles.createFolder(parent);
      Path work = Files.createTempDirectory(parent, ".fleetmend-restore-");
      try {
        Manifest manifest = unpack(file, work);
        if (manifest.engine() == Engine.SQLITE) {
          new LocalRecord(clock)
              .add(work.resolve(DataFiles.DATABASE), "Restore", file.toAbsolutePath().normalize());
        }
        // Over an empty folder, too: rename(2).
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        return new Restored(manifest.madeAt(), manifest.engine());
      } finally {
        if (Files.exists(work)) {
          Folders.delete(work);
        }
      }
    } catch (IOException e) {
      throw new BackupException("cannot restore " + file + " (" + e + ")", e);
    }
  }

  private static Manifest unpack(Path file, Path work) throws IOException, BackupException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Manifest manifest = manifest(zip);
      List<? extends ZipEntry> entries = zip.stream().toList();
      Set<String> names = new HashSet<>();
      for (ZipEntry entry : entries) {
        if (!entry.getName().equals(Manifest.NAME)) {
          unpack(zip, entry, manifest.digests(), work);
          names.add(entry.getName());
        }
      }
      if (!names.equals(manifest.digests().keySet())) {
        throw new BackupException(file + " is damaged: files are missing");
      }
      if (manifest.engine() == Engine.SQLITE) {
        Snapshot.check(work.resolve(DataFiles.DATABASE));
      }
      return manifest;
    } catch (IOException | IllegalArgumentException e) {
      throw new BackupException(file + " is damaged (" + e.getMessage() + ")", e);
    }
  }

  private static Manifest manifest(ZipFile zip) throws IOException, BackupException {
    ZipEntry entry = zip.getEntry(Manifest.NAME);
    if (entry == null) {
      throw new BackupException(zip.getName() + " is no backup of a server");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Manifest.parse(new String(in.readNBytes(LONGEST_MANIFEST), UTF_8));
    }
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Map<String, String> digests, Path work)
      throws IOException, BackupException {
    String name = entry.getName();
    Path place = work.resolve(name).normalize();
    if (!place.startsWith(work) || place.equals(work) || !digests.containsKey(name)) {
      throw new BackupException(zip.getName() + " holds what no backup does: " + name);
    }
    PrivateFiles.createFolder(Objects.requireNonNull(place.getParent()));
    MessageDigest digest = Backup.sha256();
    try (InputStream in = zip.getInputStream(entry);
        FileChannel out = PrivateFiles.open(place)) {
      byte[] buffer = new byte[64 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        ByteBuffer rest = ByteBuffer.wrap(buffer, 0, read);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
      }
      out.force(true);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(digests.get(name))) {
      throw new BackupException(zip.getName() + " is damaged: " + name + " is not what was saved");
    }
  }
}

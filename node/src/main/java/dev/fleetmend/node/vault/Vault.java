package dev.fleetmend.node.vault;

import dev.fleetmend.node.state.JsonFile;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The package files that this host can go back to. A file is here only after its SHA-256 was held
 * against the signed index of the archive that it came from; it is looked at again before use.
 */
public final class Vault {
  private static final String CARD = ".json";

  private final Path folder;
  private final long reserve;

  /**
   * @param folder made where it is missing
   * @param reserve bytes of its file system that stay free whatever is kept
   * @throws IOException when it cannot be made
   */
  public Vault(Path folder, long reserve) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.reserve = reserve;
  }

  /** Bytes that may still be put in. */
  public long room() throws IOException {
    return Math.max(0, Files.getFileStore(folder).getUsableSpace() - reserve);
  }

  /** The reserve in bytes. */
  public long reserve() {
    return reserve;
  }

  /** Keeps a file that was checked. */
  public KeptPackage keep(PackageVersion version, Path checked, String sha256) throws IOException {
    String name = checked.getFileName().toString();
    KeptPackage kept =
        new KeptPackage(version.name(), version.arch(), version.version(), name, sha256);
    Path half = folder.resolve(name + ".new");
    Files.deleteIfExists(half);
    Files.copy(checked, half);
    sync(half);
    Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    new JsonFile<>(folder.resolve(name + CARD), KeptPackage.class).write(kept);
    sync(folder);
    return kept;
  }

  /** What is kept of a version. */
  public Optional<KeptPackage> find(PackageVersion version) throws IOException {
    return Optional.ofNullable(all().get(version));
  }

  /** Where a kept file is, if it still is what it was when it came. */
  public Optional<Path> intact(KeptPackage kept) throws IOException {
    Path file = folder.resolve(kept.file());
    return Files.exists(file) && Digests.sha256(file).equals(kept.sha256())
        ? Optional.of(file)
        : Optional.empty();
  }

  /** All that is kept. */
  public Map<PackageVersion, KeptPackage> all() throws IOException {
    Map<PackageVersion, KeptPackage> all = new HashMap<>();
    try (DirectoryStream<Path> cards = Files.newDirectoryStream(folder, "*" + CARD)) {
      for (Path card : cards) {
        read(card)
            .ifPresent(
                kept ->
                    all.put(new PackageVersion(kept.name(), kept.arch(), kept.version()), kept));
      }
    }
    return all;
  }

  private Optional<KeptPackage> read(Path card) throws IOException {
    return Optional.ofNullable(new JsonFile<>(card, KeptPackage.class).read());
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

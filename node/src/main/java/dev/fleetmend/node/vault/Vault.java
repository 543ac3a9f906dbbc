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
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The package files that this host can go back to. A file is here only after its SHA-256 was held
 * against the signed index of the archive that it came from; it is looked at again before use.
 */
public final class Vault {
  private static final String CARD = ".json";

  private final Path folder;
  private final long reserve;
  private final long limit;

  /**
   * @param folder made where it is missing
   * @param reserve bytes of its file system that stay free whatever is kept
   * @param limit the most bytes that are kept
   * @throws IOException when it cannot be made
   */
  public Vault(Path folder, long reserve, long limit) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.reserve = reserve;
    this.limit = limit;
  }

  /** Bytes that may still be put in. */
  public long room() throws IOException {
    return Math.max(0, space());
  }

  /**
   * Forgets files until there is room for more: of versions that are not installed first, the
   * oldest first.
   *
   * @param bytes the room that is wanted
   * @param needed versions that stay whatever room there is
   * @param installed versions that go last
   */
  public void prune(long bytes, Set<PackageVersion> needed, Set<PackageVersion> installed)
      throws IOException {
    removeStrays();
    List<Candidate> candidates = new ArrayList<>();
    for (Map.Entry<PackageVersion, KeptPackage> one : all().entrySet()) {
      if (!needed.contains(one.getKey())) {
        Path file = folder.resolve(one.getValue().file());
        candidates.add(
            new Candidate(
                file, installed.contains(one.getKey()), Files.getLastModifiedTime(card(file))));
      }
    }
    candidates.sort(Comparator.comparing(Candidate::installed).thenComparing(Candidate::keptSince));
    for (Candidate candidate : candidates) {
      if (space() >= bytes) {
        return;
      }
      Files.deleteIfExists(card(candidate.file()));
      Files.deleteIfExists(candidate.file());
    }
  }

  /** Bytes that may be put in once all is forgotten that is not needed. */
  public long roomWithout(Set<PackageVersion> needed) throws IOException {
    long freed = 0;
    for (Map.Entry<PackageVersion, KeptPackage> one : all().entrySet()) {
      Path file = folder.resolve(one.getValue().file());
      if (!needed.contains(one.getKey()) && Files.exists(file)) {
        freed += Files.size(file);
      }
    }
    return Math.max(0, space() + freed);
  }

  private record Candidate(Path file, boolean installed, FileTime keptSince) {}

  /** Files without a card: what came or went when this host lost its power. */
  private void removeStrays() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.toString().endsWith(CARD) && !Files.exists(card(file))) {
          Files.delete(file);
        }
      }
    }
  }

  private static Path card(Path file) {
    return file.resolveSibling(file.getFileName() + CARD);
  }

  /** What is left of the limit and of the file system; below 0 where too much is kept already. */
  private long space() throws IOException {
    long size = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        size += Files.size(file);
      }
    }
    return Math.min(Files.getFileStore(folder).getUsableSpace() - reserve, limit - size);
  }

  /** The most bytes that are kept. */
  public long limit() {
    return limit;
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

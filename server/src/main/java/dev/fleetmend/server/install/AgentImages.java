package dev.fleetmend.server.install;

import dev.fleetmend.server.access.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The agent's images in the data folder: for each platform {@code
 * agent/<platform>/<sha256>.tar.gz}, never changed, and {@code current}, which names the one to
 * give away. Replicas share them.
 */
public final class AgentImages {
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]{1,20}-[a-z0-9_]{1,20}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final String CURRENT = "current";
  private static final String ENDING = ".tar.gz";

  /** Hosts that are being installed may still be fetching the one before. */
  private static final int KEPT = 2;

  private final Path folder;

  private AgentImages(Path folder) {
    this.folder = folder;
  }

  /** Those of a data folder. */
  public static AgentImages of(Path dataFolder) {
    return new AgentImages(dataFolder.resolve("agent"));
  }

  /** One of them; what its hash names is what its archive holds. */
  record Image(String platform, String sha256, Path archive) {}

  /**
   * Gives an image away from now on, in the place of an earlier one.
   *
   * @param platform such as {@code linux-x64}
   * @param archive tar.gz; it is copied
   * @param sha256 of the archive, in hex
   */
  public void publish(String platform, Path archive, String sha256) throws IOException {
    if (!isPlatform(platform) || !SHA_256.matcher(sha256).matches()) {
      throw new IOException("no image can be given away as " + platform + " " + sha256);
    }
    Path place = folder.resolve(platform);
    PrivateFiles.createFolder(place);
    Path file = place.resolve(sha256 + ENDING);
    if (!Files.exists(file)) {
      Path part = place.resolve(sha256 + ".part");
      Files.copy(archive, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    PrivateFiles.write(place.resolve(CURRENT), sha256.getBytes(StandardCharsets.US_ASCII));
    forgetOld(place);
  }

  /** The image of a platform. */
  Optional<Image> find(String platform) throws IOException {
    if (!isPlatform(platform)) {
      return Optional.empty();
    }
    Path place = folder.resolve(platform);
    try {
      String sha256 = Files.readString(place.resolve(CURRENT), StandardCharsets.US_ASCII).strip();
      Path archive = place.resolve(sha256 + ENDING);
      return SHA_256.matcher(sha256).matches() && Files.isRegularFile(archive)
          ? Optional.of(new Image(platform, sha256, archive))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** All, by platform. */
  List<Image> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> places = Files.list(folder)) {
      return places
          .map(place -> place.getFileName().toString())
          .sorted()
          .flatMap(this::known)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<Image> known(String platform) {
    try {
      return find(platform).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isPlatform(String text) {
    return PLATFORM.matcher(text).matches();
  }

  private static void forgetOld(Path place) throws IOException {
    List<Path> archives;
    try (Stream<Path> files = Files.list(place)) {
      archives =
          files
              .filter(file -> file.toString().endsWith(ENDING))
              .sorted(Comparator.comparingLong(AgentImages::age).reversed())
              .toList();
    }
    for (Path old : archives.subList(Math.min(KEPT, archives.size()), archives.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static long age(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0; // it went away
    }
  }
}

package dev.fleetmend.node.update;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agent's images on this host: each in {@code versions/<SHA-256>}, and {@code current} names
 * the one that is started.
 */
final class Versions {
  private static final String NEW = ".new.";

  private final Programs programs = new Programs(Map.of());
  private final Path base;
  private final String running;

  private Versions(Path base, String running) {
    this.base = base;
    this.running = running;
  }

  /**
   * Those beside the image that a launcher belongs to, or null where it lies in no such folder.
   *
   * @param launcher {@code <base>/versions/<SHA-256>/bin/fleetmend-agent}, or null
   */
  static @Nullable Versions of(@Nullable String launcher) {
    if (launcher == null) {
      return null;
    }
    Path program = Path.of(launcher);
    int names = program.getNameCount();
    if (names < 5 || !program.getName(names - 4).toString().equals("versions")) {
      return null;
    }
    Path base = program.getRoot().resolve(program.subpath(0, names - 4));
    return Files.isSymbolicLink(base.resolve("current"))
        ? new Versions(base, program.getName(names - 3).toString())
        : null;
  }

  Path base() {
    return base;
  }

  /** The hash of the image that this process runs on. */
  String running() {
    return running;
  }

  /**
   * Unpacks an archive, tries it, and lays it beside the others.
   *
   * @throws IOException where it cannot be unpacked, or does not run on this host
   */
  void add(String hash, Path archive, Path work) throws IOException {
    Path image = Files.createDirectory(work.resolve("image"));
    require(List.of("tar", "-xzf", archive.toString(), "-C", image.toString()));
    Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rwxr-xr-x"));
    require(List.of(image.resolve("bin/fleetmend-agent").toString(), "version"));
    Path place = base.resolve("versions").resolve(hash);
    if (!Files.isDirectory(place)) {
      require(List.of("sync", "-f", image.toString()));
      Files.move(image, place, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Has another image started from now on. */
  void choose(String hash) throws IOException {
    Path next = base.resolve("next");
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, Path.of("versions", hash));
    Files.move(
        next,
        base.resolve("current"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** A folder for what is unpacked; those that interrupted updates left are removed. */
  Path work() throws IOException {
    try (Stream<Path> all = Files.list(base)) {
      for (Path one : all.filter(path -> fileName(path).startsWith(NEW)).toList()) {
        delete(one);
      }
    }
    return Files.createTempDirectory(base, NEW);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  /** Removes all images but two. */
  void keepOnly(String one, String other) throws IOException {
    try (Stream<Path> all = Files.list(base.resolve("versions"))) {
      for (Path image : all.toList()) {
        if (!fileName(image).equals(one) && !fileName(image).equals(other)) {
          delete(image);
        }
      }
    }
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }

  private void require(List<String> command) throws IOException {
    ProgramResult result = programs.run(command);
    if (!result.succeeded()) {
      throw new IOException(
          "%s ended with %d: %s"
              .formatted(command.getFirst(), result.exitCode(), result.errors().strip()));
    }
  }
}

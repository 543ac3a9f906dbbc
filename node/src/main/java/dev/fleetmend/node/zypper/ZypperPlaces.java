package dev.fleetmend.node.zypper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where zypper keeps its lists: in the system's folders, or, on a node that may only look, in a
 * folder of our own.
 *
 * @param raw the folder of the downloaded lists, a folder a repository
 * @param options that tell zypper so
 */
record ZypperPlaces(Path raw, List<String> options) {
  private static final Path SYSTEM = Path.of("/var/cache/zypp");

  ZypperPlaces {
    options = List.copyOf(options);
  }

  static ZypperPlaces ofSystem() {
    return new ZypperPlaces(SYSTEM.resolve("raw"), List.of());
  }

  /**
   * A folder of our own; installed packages, repositories, locks and keys stay the system's.
   *
   * @throws IOException when it cannot be made
   */
  static ZypperPlaces apart(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new ZypperPlaces(folder.resolve("raw"), List.of("--cache-dir", folder.toString()));
  }
}

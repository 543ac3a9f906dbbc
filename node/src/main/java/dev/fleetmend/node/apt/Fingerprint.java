package dev.fleetmend.node.apt;

import dev.fleetmend.node.state.FileFingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells whether files changed, by name, size, time and identity, without reading them. */
final class Fingerprint {
  private static final List<Path> CONFIGURATION =
      List.of(
          Path.of("/etc/apt/sources.list"),
          Path.of("/etc/apt/sources.list.d"),
          Path.of("/etc/apt/preferences"),
          Path.of("/etc/apt/preferences.d"),
          Path.of("/etc/apt/apt.conf"),
          Path.of("/etc/apt/apt.conf.d"),
          Path.of("/var/lib/dpkg/arch"), // foreign architectures
          Path.of("/etc/machine-id")); // by which apt takes part in phased updates
  private static final Path STATUS = Path.of("/var/lib/dpkg/status");
  private static final Path PENDING = Path.of("/var/lib/dpkg/updates");

  private Fingerprint() {}

  /** Of the package lists, and of what says which there are and what apt makes of them. */
  static String ofLists(AptPlaces places) throws IOException {
    List<Path> paths = new ArrayList<>(CONFIGURATION);
    paths.add(places.lists());
    return FileFingerprint.of(paths);
  }

  /** Of dpkg's database. */
  static String ofInstalled() throws IOException {
    return FileFingerprint.of(List.of(STATUS, PENDING));
  }
}

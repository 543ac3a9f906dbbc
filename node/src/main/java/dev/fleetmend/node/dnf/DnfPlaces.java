package dev.fleetmend.node.dnf;

import dev.fleetmend.node.host.OsRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which dnf, and where it keeps what it downloads: in the system's folder, or in one of our own on
 * a node that may only look, and on Amazon Linux 2023. That one is locked to the release that it
 * was installed with, and patched from the newest: what we look at must not stand in dnf's way.
 *
 * @param cache the folder of the downloaded metadata
 * @param options that tell dnf so
 */
record DnfPlaces(DnfGeneration generation, Path cache, List<String> options) {
  DnfPlaces {
    options = List.copyOf(options);
  }

  /**
   * Those of a host.
   *
   * @param own a folder for what must stay apart
   * @throws IOException when it cannot be made
   */
  static DnfPlaces of(DnfGeneration generation, OsRelease release, Path own, boolean readOnly)
      throws IOException {
    boolean versioned = release.id().equals("amzn") && release.version().matches("20[2-9]\\d.*");
    if (!readOnly && !versioned) {
      return new DnfPlaces(generation, generation.cache(), List.of());
    }
    Files.createDirectories(own);
    List<String> options =
        new ArrayList<>(List.of("--setopt=cachedir=" + own, "--setopt=system_cachedir=" + own));
    if (versioned) {
      options.add("--releasever=latest");
    }
    return new DnfPlaces(generation, own, options);
  }
}

package dev.fleetmend.node.apt;

import dev.fleetmend.patching.fact.OfferedVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the changelogs of offered versions whose package files this host already has. */
final class ChangelogReader {
  private final DebChangelog debs = new DebChangelog();
  private final Changelogs changelogs;
  private final List<Path> folders;

  /**
   * @param folders with downloaded package files, named as apt names them
   */
  ChangelogReader(Changelogs changelogs, List<Path> folders) {
    this.changelogs = changelogs;
    this.folders = List.copyOf(folders);
  }

  /**
   * Reads those not read before.
   *
   * @param sources the source package of each package by name
   */
  void read(List<OfferedVersion> offers, Map<String, String> sources) {
    for (OfferedVersion offer : offers) {
      String source = sources.getOrDefault(offer.name(), offer.name());
      if (!changelogs.has(source, offer.version())) {
        for (Path folder : folders) {
          readFrom(folder.resolve(DebFiles.name(offer)), source, offer.version());
        }
      }
    }
  }

  /** A file that cannot be read only means that its CVE ids stay unknown. */
  private void readFrom(Path deb, String source, String version) {
    if (!Files.isReadable(deb)) {
      return;
    }
    try {
      Optional<String> text = debs.read(deb);
      if (text.isPresent()) {
        changelogs.keep(source, version, ChangelogEntry.parse(text.get()));
      }
    } catch (IOException e) {
      System.err.println("no changelog from " + deb + ": " + e.getMessage());
    }
  }
}

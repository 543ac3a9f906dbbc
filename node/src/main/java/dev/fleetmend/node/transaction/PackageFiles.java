package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.vault.KeptPackage;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The package files that a transaction can turn to, each held against its SHA-256 before use. */
final class PackageFiles {
  private final Host host;
  private final Path incoming;

  /**
   * @param incoming where the transaction fetches package files to
   */
  PackageFiles(Host host, Path incoming) {
    this.host = host;
    this.incoming = incoming;
  }

  /** Those of the versions after, in the changes' order; what is nowhere to be had is left out. */
  List<Path> of(List<Change> changes) throws IOException {
    Map<PackageVersion, KeptPackage> kept = host.vault().all();
    Map<PackageVersion, Path> found = new HashMap<>();
    List<PackageVersion> missing = new ArrayList<>();
    List<PackageVersion> wanted =
        changes.stream().map(Change::after).filter(Objects::nonNull).toList();
    for (PackageVersion version : wanted) {
      KeptPackage card = kept.get(version);
      Optional<Path> file = card == null ? Optional.empty() : host.vault().intact(card);
      file.ifPresentOrElse(path -> found.put(version, path), () -> missing.add(version));
    }
    if (!missing.isEmpty()) {
      for (FetchedPackage fetched : host.manager().fetch(missing, incoming)) {
        found.put(fetched.version(), fetched.file());
      }
    }
    return wanted.stream().map(found::get).filter(Objects::nonNull).toList();
  }
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.vault.KeptPackage;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the outgoing and the incoming package files into the vault before anything changes. */
final class Preparation {
  private final Host host;
  private final Path folder;

  /**
   * @param folder of the transaction
   */
  Preparation(Host host, Path folder) {
    this.host = host;
    this.folder = folder;
  }

  /** The folder of the incoming package files. */
  Path incoming() {
    return folder.resolve("incoming");
  }

  /** Fetches what comes; what could not be had is missing from the answer. */
  List<FetchedPackage> fetchIncoming(List<PackageChange> changes) throws IOException {
    return host.manager().fetch(PackageChange.incoming(changes), incoming());
  }

  /** What changes, each with whether it can be undone, its outgoing file being kept by now. */
  List<Change> keep(
      List<PackageChange> changes, List<FetchedPackage> incoming, Set<PackageVersion> asked)
      throws IOException {
    Map<PackageVersion, String> whyNot = keepOutgoing(changes, sizes(incoming));
    keepIncoming(incoming);
    Map<PackageVersion, KeptPackage> kept = host.vault().all();
    List<Change> all = new ArrayList<>();
    for (PackageChange change : changes) {
      PackageVersion before = before(change);
      KeptPackage file = before == null ? null : kept.get(before);
      all.add(
          new Change(
              change.name(),
              change.arch(),
              change.from(),
              change.to(),
              change.incoming().filter(asked::contains).isPresent(),
              file == null ? "" : file.sha256(),
              before == null || file != null ? "" : whyNot.getOrDefault(before, ""),
              change.replacedBy() == null ? null : change.replacedBy().toString()));
    }
    return all;
  }

  /** The reasons of those that could not be kept. */
  private Map<PackageVersion, String> keepOutgoing(
      List<PackageChange> changes, Map<PackageVersion, Long> incomingSizes) throws IOException {
    Map<PackageVersion, String> whyNot = new HashMap<>();
    List<PackageVersion> wanted = new ArrayList<>();
    makeRoom(changes, incomingSizes);
    long room = host.vault().room();
    for (PackageChange change : changes) {
      PackageVersion before = before(change);
      if (before == null || isKept(before)) {
        continue;
      }
      long about = size(change, incomingSizes);
      if (about > room) {
        whyNot.put(before, WhyNotRevertible.noRoom(before, host.vault()));
      } else {
        room -= about;
        wanted.add(before);
      }
    }
    Path outgoing = folder.resolve("outgoing");
    Set<PackageVersion> had = new HashSet<>();
    for (FetchedPackage fetched : host.manager().fetch(wanted, outgoing)) {
      host.vault().keep(fetched.version(), fetched.file(), fetched.sha256());
      had.add(fetched.version());
    }
    for (PackageVersion version : wanted) {
      if (!had.contains(version)) {
        whyNot.put(version, WhyNotRevertible.notOffered(version));
      }
    }
    Folders.delete(outgoing);
    return whyNot;
  }

  /** Room for what goes and for what comes, which is about as large. */
  private void makeRoom(List<PackageChange> changes, Map<PackageVersion, Long> incomingSizes)
      throws IOException {
    Set<PackageVersion> needed = VaultNeeds.of(host.journal());
    Set<PackageVersion> installed = new HashSet<>();
    host.manager().standings().forEach((id, standing) -> installed.add(id.at(standing.version())));
    long bytes = 0;
    for (PackageChange change : changes) {
      bytes += 2 * size(change, incomingSizes);
      PackageVersion before = before(change);
      if (before != null) {
        needed.add(before);
      }
    }
    host.vault().prune(bytes, needed, installed);
  }

  /** Today's incoming file is the outgoing one of the next transaction. */
  private void keepIncoming(List<FetchedPackage> incoming) throws IOException {
    for (FetchedPackage fetched : incoming) {
      boolean fits = Files.size(fetched.file()) <= host.vault().room();
      if (fits && !isKept(fetched.version())) {
        host.vault().keep(fetched.version(), fetched.file(), fetched.sha256());
      }
    }
  }

  private boolean isKept(PackageVersion version) throws IOException {
    Optional<KeptPackage> kept = host.vault().find(version);
    return kept.isPresent() && host.vault().intact(kept.get()).isPresent();
  }

  private static Map<PackageVersion, Long> sizes(List<FetchedPackage> incoming) throws IOException {
    Map<PackageVersion, Long> sizes = new HashMap<>();
    for (FetchedPackage fetched : incoming) {
      sizes.put(fetched.version(), Files.size(fetched.file()));
    }
    return sizes;
  }

  private static long size(PackageChange change, Map<PackageVersion, Long> incomingSizes) {
    return change.incoming().map(incomingSizes::get).orElse(0L);
  }

  private static @Nullable PackageVersion before(PackageChange change) {
    String from = change.from();
    return from == null ? null : new PackageVersion(change.name(), change.arch(), from);
  }
}

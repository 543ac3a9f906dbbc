package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.state.JsonFile;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The versions in quarantine for this node. The server's word replaces it; between a rollback and
 * that word, what was taken out is added.
 */
public final class HeldBack {
  /** The file's content. */
  record Versions(List<PackageVersion> versions) {
    Versions {
      versions = List.copyOf(versions);
    }
  }

  private final JsonFile<Versions> file;
  private final PackageManager manager;

  /**
   * @param state the agent's state folder
   */
  public HeldBack(Path state, PackageManager manager) {
    this.file = new JsonFile<>(state.resolve("held-back.json"), Versions.class);
    this.manager = manager;
  }

  /** Holds back exactly these. */
  public void replace(Collection<PackageVersion> versions) throws IOException {
    List<PackageVersion> all = List.copyOf(versions);
    manager.holdBack(all);
    if (!isWritten(all)) {
      file.write(new Versions(all));
    }
  }

  /** A file that cannot be read is to be written anew. */
  private boolean isWritten(List<PackageVersion> all) {
    try {
      return all.equals(read());
    } catch (IOException e) {
      return false;
    }
  }

  /** Holds back these too. */
  public void add(Collection<PackageVersion> versions) throws IOException {
    Set<PackageVersion> all = new LinkedHashSet<>(read());
    if (all.addAll(versions)) {
      replace(all);
    }
  }

  private List<PackageVersion> read() throws IOException {
    Versions held = file.read();
    return held == null ? List.of() : held.versions();
  }
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.ConfigurationFile;
import dev.fleetmend.node.vault.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keeps configuration files as they were, by content, with owner and mode. */
final class ConfigurationKeeper {
  /** What dpkg and rpm leave beside a configuration file. */
  private static final List<String> BESIDE =
      List.of(".dpkg-dist", ".dpkg-old", ".dpkg-new", ".rpmnew", ".rpmsave", ".rpmorig");

  private final Path folder;

  /**
   * @param folder of the transaction
   */
  ConfigurationKeeper(Path folder) {
    this.folder = folder.resolve("configuration");
  }

  /** How files stand now; their content is kept. */
  List<ConfigurationFile> keep(Collection<Path> files) throws IOException {
    Files.createDirectories(folder);
    List<ConfigurationFile> states = look(files);
    for (ConfigurationFile state : states) {
      Path kept = folder.resolve(state.digest());
      if (!state.digest().isEmpty() && !Files.exists(kept)) {
        Path half = folder.resolve(state.digest() + ".new");
        Files.deleteIfExists(half);
        Files.copy(Path.of(state.path()), half, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return states;
  }

  /** How files, and what is left beside them, stand now. */
  static List<ConfigurationFile> look(Collection<Path> files) throws IOException {
    Set<Path> all = new TreeSet<>(files);
    for (Path file : files) {
      if (BESIDE.stream().anyMatch(file.toString()::endsWith)) {
        continue;
      }
      BESIDE.forEach(end -> all.add(file.resolveSibling(file.getFileName() + end)));
    }
    List<ConfigurationFile> states = new ArrayList<>();
    for (Path file : all) {
      states.add(new ConfigurationFile(file.toString(), digest(file)));
    }
    return states;
  }

  /** The content's SHA-256, empty where there is no plain file. */
  static String digest(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Digests.sha256(file) : "";
  }

  /** Makes a file what it was. */
  void putBack(ConfigurationFile before) throws IOException {
    Path file = Path.of(before.path());
    if (before.digest().isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Path kept = folder.resolve(before.digest());
    Path half = file.resolveSibling(file.getFileName() + ".fleetmend-new");
    Files.deleteIfExists(half);
    Files.copy(kept, half, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

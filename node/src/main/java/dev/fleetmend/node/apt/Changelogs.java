package dev.fleetmend.node.apt;

import dev.fleetmend.patching.version.DebVersion;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What changelogs said that were read before, kept in a folder, one file a source version. */
final class Changelogs {
  /** What happened between two versions. */
  record Extract(List<String> cves, List<String> advisories, long releasedAt) {
    static final Extract NONE = new Extract(List.of(), List.of(), 0);

    Extract {
      cves = List.copyOf(cves);
      advisories = List.copyOf(advisories);
    }
  }

  /** A file's content. */
  record Kept(List<ChangelogEntry> entries) {
    Kept {
      entries = List.copyOf(entries);
    }
  }

  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final Map<String, Kept> known = new ConcurrentHashMap<>();
  private final Path folder;

  Changelogs(Path folder) {
    this.folder = folder;
  }

  /** What a version of a package's source fixed since the installed one. */
  Extract between(DpkgPackage installed, String version) {
    Optional<Kept> kept = find(installed.source(), version);
    if (kept.isEmpty()) {
      return Extract.NONE;
    }
    Set<String> cves = new LinkedHashSet<>();
    Set<String> advisories = new LinkedHashSet<>();
    for (ChangelogEntry entry : kept.get().entries()) {
      if (DebVersion.isNewer(entry.version(), installed.version())) {
        cves.addAll(entry.cves());
        advisories.addAll(entry.advisories());
      }
    }
    List<ChangelogEntry> entries = kept.get().entries();
    long releasedAt = entries.isEmpty() ? 0 : entries.getFirst().releasedAt();
    return new Extract(
        cves.stream().sorted().toList(), advisories.stream().sorted().toList(), releasedAt);
  }

  boolean has(String source, String version) {
    return find(source, version).isPresent();
  }

  void keep(String source, String version, List<ChangelogEntry> entries) throws IOException {
    Files.createDirectories(folder);
    Kept kept = new Kept(entries);
    Path file = file(source, version);
    Path half = folder.resolve(file.getFileName() + ".new");
    Files.write(half, json.write(kept));
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    known.put(key(source, version), kept);
  }

  private Optional<Kept> find(String source, String version) {
    Kept inMemory = known.get(key(source, version));
    if (inMemory != null) {
      return Optional.of(inMemory);
    }
    Path file = file(source, version);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Kept read = json.read(Files.readAllBytes(file), Kept.class);
      known.put(key(source, version), read);
      return Optional.of(read);
    } catch (IOException | MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private Path file(String source, String version) {
    return folder.resolve(key(source, version).replace('/', '_'));
  }

  private static String key(String source, String version) {
    return source + "_" + version;
  }
}

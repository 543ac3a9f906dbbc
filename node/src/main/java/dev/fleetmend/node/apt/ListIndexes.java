package dev.fleetmend.node.apt;

import dev.fleetmend.node.state.FileFingerprint;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The content of all package lists; only a list that has changed is read again. */
final class ListIndexes {
  /** What was read from a list that looked so. */
  private record Known(String fingerprint, PackageIndex index) {}

  private final AptCommands commands;
  private Map<Path, Known> known = Map.of();

  ListIndexes(AptCommands commands) {
    this.commands = commands;
  }

  /** Has the content of the lists in a folder, and of no other. */
  void refresh(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      known = Map.of();
      return;
    }
    Map<Path, Known> fresh = new TreeMap<>();
    try (DirectoryStream<Path> lists = Files.newDirectoryStream(folder, "*_Packages{,.*}")) {
      for (Path list : lists) {
        String fingerprint = FileFingerprint.of(List.of(list));
        Known last = known.get(list);
        boolean unchanged = last != null && last.fingerprint().equals(fingerprint);
        fresh.put(list, unchanged ? last : new Known(fingerprint, read(list)));
      }
    }
    known = fresh;
  }

  /** What the first list that has the version says of it. */
  PackageIndex.@Nullable Entry find(String name, String version) {
    for (Known one : known.values()) {
      PackageIndex.Entry entry = one.index().find(name, version);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  private PackageIndex read(Path list) throws IOException {
    PackageIndexBuilder builder = new PackageIndexBuilder();
    if (list.getFileName().toString().endsWith("_Packages")) {
      try (InputStream plain = Files.newInputStream(list)) {
        builder.read(plain);
      }
      return builder.build();
    }
    Process process = commands.list(list);
    try (InputStream unpacked = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      builder.read(unpacked);
    } finally {
      process.destroy();
    }
    return builder.build();
  }
}

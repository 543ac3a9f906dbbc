package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the disks of a transaction's folder and of {@code /usr} take what it brings. */
final class Room {
  private static final Path SYSTEM = Path.of("/usr");
  private static final int MOST_FOLDERS = 3;
  private static final PackageSize UNKNOWN = new PackageSize(0, false, 0);

  private Room() {}

  /**
   * What is lacking, one line a disk.
   *
   * @param own the folder that package files are fetched to
   */
  static List<String> lacking(
      List<PackageChange> changes, Map<PackageVersion, PackageSize> sizes, Path own)
      throws IOException {
    long fetched = 0;
    long growth = 0;
    long largest = 0;
    for (PackageChange change : changes) {
      PackageSize incoming = change.incoming().map(sizes::get).orElse(UNKNOWN);
      fetched += incoming.file();
      growth += Math.max(0, incoming.installed() - outgoing(change, sizes, incoming));
      largest = Math.max(largest, incoming.installed());
    }
    List<String> lacking = new ArrayList<>();
    check(lacking, own, fetched, "to fetch the package files");
    // A package's new files stand beside its old ones until it is unpacked.
    check(lacking, SYSTEM, growth + largest, "to unpack the packages");
    return lacking;
  }

  /**
   * The folders of packages' files that cannot be written to, one line each: dpkg and rpm would
   * leave a package there neither old nor new, and nothing could mend it.
   */
  static List<String> readOnly(Map<PackageId, List<Path>> files) {
    Set<Path> folders = new TreeSet<>();
    for (List<Path> one : files.values()) {
      for (Path file : one) {
        Path folder = file.getParent();
        if (folder != null && Files.isDirectory(folder)) {
          folders.add(folder);
        }
      }
    }
    return folders.stream()
        .filter(folder -> !Files.isWritable(folder))
        .limit(MOST_FOLDERS)
        .map(
            folder ->
                folder
                    + " cannot be written to: its disk is read-only; mount it anew and try again")
        .toList();
  }

  private static long outgoing(
      PackageChange change, Map<PackageVersion, PackageSize> sizes, PackageSize incoming) {
    String from = change.from();
    if (from == null) {
      return 0;
    }
    return sizes
        .getOrDefault(new PackageVersion(change.name(), change.arch(), from), incoming)
        .installed();
  }

  /** Adds a line where a folder's disk has less room than bytes. */
  static void check(List<String> lacking, Path folder, long bytes, String what) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (bytes > free) {
      lacking.add(
          "the disk of %s has %d KB free, and %d KB are needed %s; free some and try again"
              .formatted(folder, free >> 10, (bytes >> 10) + 1, what));
    }
  }
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the disks have room for what changes fetch and unpack. */
final class Room {
  private static final Path SYSTEM = Path.of("/usr");
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
      PackageSize incoming = sizes.getOrDefault(change.incoming(), UNKNOWN);
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

  private static void check(List<String> lacking, Path folder, long bytes, String what)
      throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (bytes > free) {
      lacking.add(
          "the disk of %s has %d KB free, and %d KB are needed %s; free some and try again"
              .formatted(folder, free >> 10, (bytes >> 10) + 1, what));
    }
  }
}

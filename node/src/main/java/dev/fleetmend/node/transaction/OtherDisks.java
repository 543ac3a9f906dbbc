package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether the disks beside that of {@code /usr} take what package files bring: {@code /boot} and
 * whatever else has one of its own, disks below {@code /usr} excepted. A kernel's initial RAM disk,
 * which its scripts make, counts as large as the largest that is there.
 */
final class OtherDisks {
  private static final Path SYSTEM = Path.of("/usr");
  private static final List<Path> USUAL =
      Stream.of("/", "/boot", "/boot/efi", "/etc", "/opt", "/srv", "/var").map(Path::of).toList();
  private static final String KERNEL = "vmlinu";
  private static final String INITIAL = "init";

  /** What one disk gets. */
  private static final class Need {
    private final Path folder;
    private long growth;
    private long largest;

    private Need(Path folder) {
      this.folder = folder;
    }
  }

  private final long system;
  private final Map<Path, Long> devices = new HashMap<>();
  private final Map<Long, Need> needs = new HashMap<>();

  private OtherDisks() throws IOException {
    this.system = device(SYSTEM);
  }

  /**
   * What is lacking, one line a disk.
   *
   * @param arriving a package file for each package that gets one
   */
  static List<String> lacking(PackageManager manager, Map<PackageId, Path> arriving)
      throws IOException {
    OtherDisks disks = new OtherDisks();
    boolean several = disks.several();
    Map<PackageId, List<Path>> present = manager.files(arriving.keySet());
    for (Map.Entry<PackageId, Path> one : arriving.entrySet()) {
      List<Path> before = present.get(one.getKey());
      if (before == null ? several : disks.isReachedBy(before)) {
        disks.add(before == null ? List.of() : before, manager.contents(one.getValue()));
      }
    }
    List<String> lacking = new ArrayList<>();
    for (Need need : disks.needs.values()) {
      // A package's new files stand beside its old ones until it is unpacked.
      Room.check(lacking, need.folder, need.growth + need.largest, "to unpack the packages");
    }
    return lacking;
  }

  private boolean several() throws IOException {
    for (Path folder : USUAL) {
      if (device(folder) != system) {
        return true;
      }
    }
    return false;
  }

  private boolean isReachedBy(List<Path> files) throws IOException {
    for (Path file : files) {
      if (isElsewhere(file)) {
        return true;
      }
    }
    return false;
  }

  private boolean isElsewhere(Path file) throws IOException {
    return !file.startsWith(SYSTEM) && device(folder(file)) != system;
  }

  private void add(List<Path> before, Map<Path, Long> contents) throws IOException {
    Map<Long, Long> coming = new HashMap<>();
    for (Map.Entry<Path, Long> file : contents.entrySet()) {
      if (isElsewhere(file.getKey())) {
        long made = file.getValue() + initialRamDisk(file.getKey());
        coming.merge(need(file.getKey()), made, Long::sum);
      }
    }
    Map<Long, Long> going = new HashMap<>();
    for (Path file : before) {
      if (isElsewhere(file) && Files.isRegularFile(file)) {
        going.merge(need(file), Files.size(file), Long::sum);
      }
    }
    coming.forEach(
        (device, bytes) -> {
          Need need = Objects.requireNonNull(needs.get(device));
          need.growth += Math.max(0, bytes - going.getOrDefault(device, 0L));
          need.largest = Math.max(need.largest, Math.min(bytes, going.getOrDefault(device, 0L)));
        });
  }

  private long need(Path file) throws IOException {
    Path folder = folder(file);
    long device = device(folder);
    needs.computeIfAbsent(device, unknown -> new Need(folder));
    return device;
  }

  /** Of a kernel that is not there yet. */
  private static long initialRamDisk(Path file) throws IOException {
    Path folder = folder(file);
    boolean kernel = Objects.toString(file.getFileName(), "").startsWith(KERNEL);
    if (!kernel || Files.exists(file)) {
      return 0;
    }
    long largest = 0;
    try (Stream<Path> all = Files.list(folder)) {
      for (Path one : all.toList()) {
        boolean initial = Objects.toString(one.getFileName(), "").startsWith(INITIAL);
        if (initial && Files.isRegularFile(one)) {
          largest = Math.max(largest, Files.size(one));
        }
      }
    }
    return largest;
  }

  /** The one that is there, if not all on the way to the file are. */
  private static Path folder(Path file) {
    Path folder = file.getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("/") : folder;
  }

  private long device(Path folder) throws IOException {
    Long known = devices.get(folder);
    if (known == null) {
      known = Files.isDirectory(folder) ? (Long) Files.getAttribute(folder, "unix:dev") : system;
      devices.put(folder, known);
    }
    return known;
  }
}

package dev.fleetmend.node.zypper;

import dev.fleetmend.node.manager.Marks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** zypper's locks of packages, and its list of packages that came only because others need them. */
final class ZypperMarks {
  private final ZypperLocks locks;
  private final Path autoInstalled;

  /**
   * @param autoInstalled zypper's list of names, a line each; lines with {@code #} are remarks
   */
  ZypperMarks(ZypperLocks locks, Path autoInstalled) {
    this.locks = locks;
    this.autoInstalled = autoInstalled;
  }

  Marks read() throws IOException {
    return new Marks(locks.names(), automatic());
  }

  /**
   * Sets what was set before and no longer is, and clears what came to be set.
   *
   * @param present the names of the packages that are there
   */
  void restore(Marks before, Set<String> present) throws IOException {
    locks.restore(before.held());
    List<String> wanted =
        before.automatic().stream().filter(present::contains).distinct().sorted().toList();
    List<String> now = automatic();
    List<String> others = now.stream().filter(ZypperMarks::isNoPackage).toList();
    List<String> packages = now.stream().filter(name -> !isNoPackage(name)).sorted().toList();
    if (!packages.equals(wanted)) {
      write(others, wanted);
    }
  }

  /** Such as {@code product:SLES}. */
  private static boolean isNoPackage(String name) {
    return name.contains(":");
  }

  private List<String> automatic() throws IOException {
    return Files.exists(autoInstalled)
        ? Files.readAllLines(autoInstalled).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList()
        : List.of();
  }

  private void write(List<String> others, List<String> packages) throws IOException {
    List<String> lines = new ArrayList<>(others);
    lines.addAll(packages);
    Path folder = Objects.requireNonNull(autoInstalled.getParent());
    Files.createDirectories(folder);
    Path fresh = folder.resolve("AutoInstalled.fleetmend");
    Files.write(fresh, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    Files.move(
        fresh, autoInstalled, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

package dev.fleetmend.node.zypper;

import dev.fleetmend.node.rpm.RpmNames;
import dev.fleetmend.node.state.JsonFile;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * zypper's locks, {@code /etc/zypp/locks}: paragraphs of {@code key: value}, of which our own name
 * one exact version each.
 */
final class ZypperLocks {
  private static final String NAME = "solvable_name";
  private static final String VERSION = "version";

  /** Our own locks that stand in the file, to tell them from the administrator's. */
  record Ours(List<PackageVersion> versions) {
    Ours {
      versions = List.copyOf(versions);
    }
  }

  private final Path file;
  private final JsonFile<Ours> ours;

  /**
   * @param ours a file of ours
   */
  ZypperLocks(Path file, Path ours) {
    this.file = file;
    this.ours = new JsonFile<>(ours, Ours.class);
  }

  /** The file's paragraphs. */
  List<Map<String, String>> read() throws IOException {
    List<Map<String, String>> locks = new ArrayList<>();
    if (!Files.exists(file)) {
      return locks;
    }
    Map<String, String> lock = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.charAt(0) != '#') {
        lock.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      } else if (line.isBlank() && !lock.isEmpty()) {
        locks.add(lock);
        lock = new LinkedHashMap<>();
      }
    }
    if (!lock.isEmpty()) {
      locks.add(lock);
    }
    return locks;
  }

  /** The names and patterns that are locked whatever the version. */
  List<String> names() throws IOException {
    return read().stream()
        .filter(lock -> lock.containsKey(NAME) && !lock.containsKey(VERSION))
        .map(lock -> lock.get(NAME))
        .toList();
  }

  /** Locks anew what was locked before and no longer is. */
  void restore(List<String> before) throws IOException {
    List<Map<String, String>> locks = read();
    List<String> missing = new ArrayList<>(before);
    missing.removeAll(names());
    if (!missing.isEmpty()) {
      missing.forEach(name -> locks.add(lock(name, "")));
      write(locks);
    }
  }

  /** Has our own locks be exactly these versions. */
  void holdBack(List<PackageVersion> versions) throws IOException {
    List<PackageVersion> valid = versions.stream().filter(RpmNames::valid).distinct().toList();
    Ours known = ours.read();
    List<PackageVersion> before = known == null ? List.of() : known.versions();
    if (before.equals(valid)) {
      return;
    }
    List<Map<String, String>> locks = read();
    locks.removeIf(
        lock -> before.stream().anyMatch(one -> isLockOf(lock, one.name(), one.version())));
    List<PackageVersion> all = new ArrayList<>(before);
    all.addAll(valid);
    ours.write(new Ours(all)); // whatever comes between, none of ours is taken for another's
    valid.forEach(one -> locks.add(lock(one.name(), "== " + one.version())));
    write(locks);
    ours.write(new Ours(valid));
  }

  private static boolean isLockOf(Map<String, String> lock, String name, String version) {
    return name.equals(lock.get(NAME)) && ("== " + version).equals(lock.get(VERSION));
  }

  private static Map<String, String> lock(String name, String version) {
    Map<String, String> lock = new LinkedHashMap<>();
    lock.put("type", "package");
    if (!version.isEmpty()) {
      lock.put(VERSION, version);
    }
    lock.put("match_type", "glob");
    lock.put("case_sensitive", "on");
    lock.put(NAME, name);
    return lock;
  }

  private void write(List<Map<String, String>> locks) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map<String, String> lock : locks) {
      text.append('\n');
      lock.forEach((key, value) -> text.append(key + ": " + value + "\n"));
    }
    Path fresh = file.resolveSibling(Objects.requireNonNull(file.getFileName()) + ".new");
    Files.write(fresh, text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The running units that packages brought, and restart when they change. */
final class Services {
  private static final List<Path> UNITS =
      List.of(Path.of("/usr/lib/systemd/system"), Path.of("/lib/systemd/system"));
  private static final Path SYSTEMD = Path.of("/run/systemd/system");

  private final PackageManager manager;
  private final Programs programs = new Programs(Map.of());

  Services(PackageManager manager) {
    this.manager = manager;
  }

  List<String> of(Collection<PackageId> packages) throws IOException {
    TreeSet<String> units = new TreeSet<>();
    for (List<Path> files : manager.files(packages).values()) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (UNITS.contains(file.getParent()) && name.endsWith(".service") && !name.contains("@")) {
          units.add(name);
        }
      }
    }
    return running(List.copyOf(units));
  }

  /** Where no systemd runs nothing is known of them, and all are named. */
  private List<String> running(List<String> units) throws IOException {
    if (units.isEmpty() || !Files.isDirectory(SYSTEMD)) {
      return units;
    }
    List<String> line = new ArrayList<>(List.of("systemctl", "is-active", "--"));
    line.addAll(units);
    List<String> states = programs.run(line).output().lines().toList();
    List<String> running = new ArrayList<>();
    for (int i = 0; i < Math.min(units.size(), states.size()); i++) {
      if (states.get(i).equals("active")) {
        running.add(units.get(i));
      }
    }
    return running;
  }
}

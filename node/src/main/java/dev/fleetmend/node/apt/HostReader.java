package dev.fleetmend.node.apt;

import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what a host runs and the boot it is in.
 *
 * @param root the host's root folder
 */
record HostReader(Path root) {
  Platform platform(String arch) throws IOException {
    Map<String, String> release = osRelease();
    String id = release.getOrDefault("ID", "debian");
    String version = release.getOrDefault("VERSION_ID", "");
    return new Platform(
        id.toUpperCase(Locale.ROOT),
        id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1) + version,
        release.getOrDefault("NAME", id),
        version,
        arch);
  }

  Boot boot() throws IOException {
    Path asked = root.resolve("run/reboot-required");
    Path packages = root.resolve("run/reboot-required.pkgs");
    List<String> by =
        Files.exists(packages)
            ? Files.readString(packages).lines().filter(l -> !l.isBlank()).distinct().toList()
            : List.of();
    return new Boot(bootId(), bootTime(), Files.exists(asked), by);
  }

  String bootId() throws IOException {
    return Files.readString(root.resolve("proc/sys/kernel/random/boot_id")).strip();
  }

  private long bootTime() throws IOException {
    try (var lines = Files.lines(root.resolve("proc/stat"))) {
      return lines
          .filter(line -> line.startsWith("btime "))
          .mapToLong(line -> Long.parseLong(line.substring("btime ".length()).strip()))
          .findFirst()
          .orElse(0);
    }
  }

  private Map<String, String> osRelease() throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line : Files.readAllLines(root.resolve("etc/os-release"))) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.charAt(0) != '#') {
        values.put(line.substring(0, equals), unquoted(line.substring(equals + 1).strip()));
      }
    }
    return values;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}

package dev.fleetmend.node.apt;

import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads what this host runs and the boot it is in. */
final class HostReader {
  private static final Path ROOT = Path.of("/");

  Platform platform(String arch) throws IOException {
    OsRelease release = OsRelease.ofThisHost();
    String id = release.id();
    return new Platform(
        id.toUpperCase(Locale.ROOT),
        id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1) + release.version(),
        release.name(),
        release.version(),
        arch);
  }

  Boot boot() throws IOException {
    Path asked = ROOT.resolve("run/reboot-required");
    Path packages = ROOT.resolve("run/reboot-required.pkgs");
    List<String> by =
        Files.exists(packages)
            ? Files.readString(packages).lines().filter(l -> !l.isBlank()).distinct().toList()
            : List.of();
    return new Boot(BootId.ofKernel().current(), bootTime(), Files.exists(asked), by);
  }

  private long bootTime() throws IOException {
    try (var lines = Files.lines(ROOT.resolve("proc/stat"))) {
      return lines
          .filter(line -> line.startsWith("btime "))
          .mapToLong(line -> Long.parseLong(line.substring("btime ".length()).strip()))
          .findFirst()
          .orElse(0);
    }
  }
}

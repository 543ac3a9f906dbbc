package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.vault.Digests;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches package files from the archives, or takes them from apt's own cache, and holds each
 * against the SHA-256 in the archives' signed index.
 */
final class AptFetch {
  private final AptCommands commands;
  private final AptPlaces places;

  AptFetch(AptCommands commands, AptPlaces places) {
    this.commands = commands;
    this.places = places;
  }

  List<FetchedPackage> fetch(Collection<PackageVersion> versions, Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<PackageVersion, String> digests = indexed(versions);
    List<FetchedPackage> fetched = new ArrayList<>();
    List<PackageVersion> missing = new ArrayList<>();
    for (PackageVersion version : digests.keySet()) {
      Path file = folder.resolve(DebFiles.name(version));
      Path cached = places.archives().resolve(DebFiles.name(version));
      if (!Files.exists(file) && Files.isReadable(cached)) {
        Files.copy(cached, file, StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Files.exists(file) || !Digests.sha256(file).equals(digests.get(version))) {
        Files.deleteIfExists(file);
        missing.add(version);
      }
    }
    download(missing, folder);
    for (Map.Entry<PackageVersion, String> wanted : digests.entrySet()) {
      Path file = folder.resolve(DebFiles.name(wanted.getKey()));
      if (Files.exists(file) && Digests.sha256(file).equals(wanted.getValue())) {
        fetched.add(new FetchedPackage(wanted.getKey(), file, wanted.getValue()));
      }
    }
    return fetched;
  }

  /** All at once; where that fails, one by one, so that one that is gone does not take the rest. */
  private void download(List<PackageVersion> versions, Path folder) throws IOException {
    if (versions.isEmpty()) {
      return;
    }
    Path log = folder.resolve("download.log");
    if (downloaded(versions, folder, log) || versions.size() == 1) {
      return;
    }
    for (PackageVersion version : versions) {
      downloaded(List.of(version), folder, log);
    }
  }

  private boolean downloaded(List<PackageVersion> versions, Path folder, Path log)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-o", "APT::Sandbox::User=root", "download"));
    versions.forEach(version -> arguments.add(AptNames.exact(version)));
    return Finish.of(commands.download(arguments, folder, log)) == 0;
  }

  /** The SHA-256 of those that an archive offers. */
  private Map<PackageVersion, String> indexed(Collection<PackageVersion> versions)
      throws IOException {
    Map<PackageVersion, String> digests = new HashMap<>();
    if (versions.isEmpty()) {
      return digests;
    }
    List<String> arguments = new ArrayList<>(List.of("show", "--no-all-versions"));
    versions.forEach(version -> arguments.add(AptNames.exact(version)));
    ProgramResult shown = commands.aptCache(arguments);
    Map<String, String> byName = digestsIn(shown.output());
    for (PackageVersion version : versions) {
      String digest = byName.get(version.name() + " " + version.version() + " " + version.arch());
      if (digest != null) {
        digests.put(version, digest);
      }
    }
    return digests;
  }

  static Map<String, String> digestsIn(String shown) {
    Map<String, String> digests = new HashMap<>();
    String name = "";
    String version = "";
    String arch = "";
    for (String line : shown.lines().toList()) {
      if (line.startsWith("Package: ")) {
        name = line.substring("Package: ".length());
      } else if (line.startsWith("Version: ")) {
        version = line.substring("Version: ".length());
      } else if (line.startsWith("Architecture: ")) {
        arch = line.substring("Architecture: ".length());
      } else if (line.startsWith("SHA256: ")) {
        digests.put(name + " " + version + " " + arch, line.substring("SHA256: ".length()));
      }
    }
    return digests;
  }
}

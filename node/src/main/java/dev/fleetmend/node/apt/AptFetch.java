package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.FetchedPackage;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.manager.PackageSize;
import dev.fleetmend.node.program.Finish;
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
    Path log = folder.resolve(PackageManager.FETCH_LOG);
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
    ShownPackages.of(commands, versions)
        .forEach((version, shown) -> digests.put(version, shown.sha256()));
    return digests;
  }

  /** The sizes of those that an archive offers. */
  Map<PackageVersion, PackageSize> sizes(Collection<PackageVersion> versions) throws IOException {
    Map<PackageVersion, PackageSize> sizes = new HashMap<>();
    for (Map.Entry<PackageVersion, ShownPackages.Shown> one :
        ShownPackages.of(commands, versions).entrySet()) {
      PackageSize size = one.getValue().size();
      boolean cached = Files.isReadable(places.archives().resolve(DebFiles.name(one.getKey())));
      sizes.put(one.getKey(), new PackageSize(size.file(), cached, size.installed()));
    }
    return sizes;
  }
}

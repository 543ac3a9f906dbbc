package dev.fleetmend.node.dnf;

import dev.fleetmend.node.rpm.AvailablePackage;
import dev.fleetmend.node.rpm.RepositoryDefinitions;
import dev.fleetmend.node.rpm.RpmFetch;
import dev.fleetmend.node.rpm.RpmNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Downloads by dnf. */
final class DnfDownloads implements RpmFetch.Source {
  private final DnfCommands commands;
  private final DnfPlaces places;

  DnfDownloads(DnfCommands commands, DnfPlaces places) {
    this.commands = commands;
    this.places = places;
  }

  @Override
  public RepositoryDefinitions definitions() throws IOException {
    return DnfConfiguration.read(places).definitions();
  }

  @Override
  public Optional<Path> kept(AvailablePackage one) throws IOException {
    return DnfConfiguration.read(places).cached(one.repository(), one.file());
  }

  @Override
  public Process download(List<AvailablePackage> packages, Path folder, Path log)
      throws IOException {
    List<String> exact = packages.stream().map(one -> RpmNames.exact(one.exact())).toList();
    return commands.download(exact, folder, log);
  }
}

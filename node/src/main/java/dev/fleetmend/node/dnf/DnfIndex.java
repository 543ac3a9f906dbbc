package dev.fleetmend.node.dnf;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.OfferedPackages;
import dev.fleetmend.node.rpm.RepositoryIndex;
import dev.fleetmend.node.rpm.RpmNames;
import dev.fleetmend.node.state.FileFingerprint;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the downloaded metadata offer, remembered while they and dnf's configuration stay as they
 * are.
 */
final class DnfIndex implements OfferedPackages {
  private static final String FORMAT = "%{name}\\t%{arch}\\t%{epoch}\\t%{version}\\t%{release}";
  private static final int FIELDS = 5;

  /** What was read from files that looked so. */
  private record Remembered(String fingerprint, RepositoryIndex index) {}

  private final DnfCommands commands;
  private final DnfPlaces places;
  private @Nullable Remembered remembered;

  DnfIndex(DnfCommands commands, DnfPlaces places) {
    this.commands = commands;
    this.places = places;
  }

  @Override
  public synchronized RepositoryIndex of(Set<String> names) throws IOException {
    DnfConfiguration configuration = DnfConfiguration.read(places);
    String fingerprint = FileFingerprint.of(configuration.decisive());
    Remembered last = remembered;
    if (last != null && last.fingerprint().equals(fingerprint) && last.index().covers(names)) {
      return last.index();
    }
    RepositoryIndex index = RepositoryIndex.read(configuration.repositories(), names);
    if (index.hasModules()) {
      index.retain(ofActiveModules(names));
    }
    remembered = new Remembered(fingerprint, index);
    return index;
  }

  /** Of module streams only dnf knows which are for this host. */
  private Set<PackageVersion> ofActiveModules(Set<String> names) throws IOException {
    List<String> arguments = new ArrayList<>(places.generation().withExcluded());
    arguments.addAll(List.of("--available", "--qf", FORMAT + "\\n"));
    names.stream().sorted().forEach(arguments::add);
    ProgramResult result = commands.repoquery(arguments);
    if (!result.succeeded()) {
      throw new IOException("dnf repoquery: " + result.errors().strip());
    }
    return parse(result.output());
  }

  static Set<PackageVersion> parse(String output) {
    Set<PackageVersion> versions = new HashSet<>();
    for (String line : output.lines().toList()) {
      String[] field = line.replace("\\t", "\t").split("\t", -1);
      if (field.length == FIELDS) {
        versions.add(
            new PackageVersion(field[0], field[1], RpmNames.version(field[2], field[3], field[4])));
      }
    }
    return versions;
  }
}

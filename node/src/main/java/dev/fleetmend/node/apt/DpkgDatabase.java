package dev.fleetmend.node.apt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What dpkg knows, its pending updates included (the status file alone lacks those). */
final class DpkgDatabase {
  private static final String FORMAT =
      "${Package}\\t${Architecture}\\t${Version}\\t${db:Status-Abbrev}\\t${db:Status-Status}"
          + "\\t${source:Package}\\t${Section}\\t${Priority}\\n";
  private static final int FIELDS = 8;
  private static final Path INFO = Path.of("/var/lib/dpkg/info");

  private final AptCommands commands;
  private volatile @Nullable String architecture;

  DpkgDatabase(AptCommands commands) {
    this.commands = commands;
  }

  List<DpkgPackage> packages() throws IOException {
    ProgramResult result = commands.dpkgQuery(List.of("-W", "-f", FORMAT));
    if (!result.succeeded()) {
      throw new IOException("dpkg-query: " + result.errors().strip());
    }
    return parse(result.output());
  }

  /** The host's own, which does not change. */
  String architecture() throws IOException {
    String known = architecture;
    if (known != null) {
      return known;
    }
    ProgramResult result = commands.dpkg(List.of("--print-architecture"));
    if (!result.succeeded()) {
      throw new IOException("dpkg: " + result.errors().strip());
    }
    String told = result.output().strip();
    architecture = told;
    return told;
  }

  /** The files that packages brought, folders too. */
  Map<PackageId, List<Path>> files(Collection<PackageId> packages) throws IOException {
    Map<PackageId, List<Path>> files = new HashMap<>();
    for (PackageId one : packages) {
      Path plain = INFO.resolve(one.name() + ".list");
      Path list =
          Files.exists(plain) ? plain : INFO.resolve(one.name() + ":" + one.arch() + ".list");
      if (Files.exists(list)) {
        files.put(
            one,
            new String(Files.readAllBytes(list), UTF_8)
                .lines()
                .filter(line -> line.startsWith("/"))
                .map(DpkgDatabase::path)
                .flatMap(Optional::stream)
                .toList());
      }
    }
    return files;
  }

  /** A name that the locale of this process cannot spell is passed over. */
  private static Optional<Path> path(String line) {
    try {
      return Optional.of(Path.of(line));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  static List<DpkgPackage> parse(String output) throws IOException {
    List<DpkgPackage> packages = new ArrayList<>();
    for (String line : output.lines().toList()) {
      if (line.isEmpty()) {
        continue;
      }
      String[] field = line.split("\t", -1);
      if (field.length != FIELDS || field[3].length() < 2) {
        throw new IOException("dpkg-query said something unknown: " + line);
      }
      packages.add(
          new DpkgPackage(
              field[0], field[1], field[2], field[3], field[4], field[5], field[6], field[7]));
    }
    return packages;
  }
}

package dev.fleetmend.node.apt;

import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What dpkg knows, its pending updates included (the status file alone lacks those). */
final class DpkgDatabase {
  private static final String FORMAT =
      "${Package}\\t${Architecture}\\t${Version}\\t${db:Status-Abbrev}\\t${db:Status-Status}"
          + "\\t${source:Package}\\t${Section}\\t${Priority}\\n";
  private static final int FIELDS = 8;

  private final AptCommands commands;

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

  String architecture() throws IOException {
    ProgramResult result = commands.dpkg(List.of("--print-architecture"));
    if (!result.succeeded()) {
      throw new IOException("dpkg: " + result.errors().strip());
    }
    return result.output().strip();
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

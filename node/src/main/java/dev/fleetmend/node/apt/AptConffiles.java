package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configuration files that dpkg keeps account of. */
final class AptConffiles {
  private static final String FORMAT = "${Package}\\t${Architecture}\\n${Conffiles}\\n";

  private final AptCommands commands;

  AptConffiles(AptCommands commands) {
    this.commands = commands;
  }

  Map<PackageId, List<Path>> of(Collection<PackageId> packages) throws IOException {
    if (packages.isEmpty()) {
      return Map.of();
    }
    List<String> arguments = new ArrayList<>(List.of("-W", "-f", FORMAT));
    packages.forEach(id -> arguments.add(AptNames.of(id)));
    ProgramResult result = commands.dpkgQuery(arguments);
    return parse(result.output());
  }

  static Map<PackageId, List<Path>> parse(String output) {
    Map<PackageId, List<Path>> files = new HashMap<>();
    List<Path> current = new ArrayList<>();
    for (String line : output.lines().toList()) {
      int tab = line.indexOf('\t');
      if (line.startsWith(" /")) {
        current.add(Path.of(line.substring(1, line.indexOf(' ', 2))));
      } else if (tab > 0) {
        current = new ArrayList<>();
        files.put(new PackageId(line.substring(0, tab), line.substring(tab + 1)), current);
      }
    }
    return files;
  }
}

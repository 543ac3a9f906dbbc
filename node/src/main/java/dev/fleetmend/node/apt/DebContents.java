package dev.fleetmend.node.apt;

import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The regular files of a package file, as {@code dpkg-deb --contents} lists them (tar's format).
 */
final class DebContents {
  private static final Pattern FILE =
      Pattern.compile("^-[-rwxsStT]{9}\\S* \\S+ +(\\d{1,15}) \\S+ \\S+ \\.(/.+)$");

  private DebContents() {}

  static Map<Path, Long> read(AptCommands commands, Path packageFile) throws IOException {
    ProgramResult result =
        commands.dpkgDeb(List.of("--contents", packageFile.toAbsolutePath().toString()));
    if (!result.succeeded()) {
      throw new IOException("dpkg-deb: " + result.errors().strip());
    }
    return parse(result.output());
  }

  static Map<Path, Long> parse(String listing) {
    Map<Path, Long> contents = new HashMap<>();
    for (String line : listing.lines().toList()) {
      Matcher file = FILE.matcher(line);
      if (file.matches()) {
        contents.put(Path.of(file.group(2)), Long.parseLong(file.group(1)));
      }
    }
    return contents;
  }
}

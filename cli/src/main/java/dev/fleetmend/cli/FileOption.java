package dev.fleetmend.cli;

import dev.fleetmend.cli.declare.Declaration;
import dev.fleetmend.cli.declare.Declarations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -f FILE...}: declarative files. */
final class FileOption {
  @Option(
      names = {"-f", "--file"},
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "YAML or JSON; - is standard input.")
  private List<String> files = new ArrayList<>();

  List<Declaration> read() {
    List<Declaration> declarations = new ArrayList<>();
    for (String file : files) {
      declarations.addAll(Declarations.read(file, text(file)));
    }
    return declarations;
  }

  private static String text(String file) {
    try {
      return file.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new Problem(
          ExitCode.USAGE,
          "cannot read the file "
              + file
              + " as UTF-8 text ("
              + e.getMessage()
              + "); nothing was changed");
    }
  }
}

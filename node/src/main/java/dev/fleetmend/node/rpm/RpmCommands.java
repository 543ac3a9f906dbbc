package dev.fleetmend.node.rpm;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of rpm. */
public final class RpmCommands {
  private final Programs programs = new Programs(Map.of("TERM", "dumb"));

  /** Runs rpm and reads what it says. */
  ProgramResult rpm(List<String> arguments) throws IOException {
    return programs.run(command("rpm", arguments));
  }

  /** Runs rpmkeys and reads what it says. */
  ProgramResult rpmkeys(List<String> arguments) throws IOException {
    return programs.run(command("rpmkeys", arguments));
  }

  /** Starts an rpm that changes packages. */
  Process change(List<String> arguments, Path log) throws IOException {
    return programs.start(command("rpm", arguments), Path.of("/"), log);
  }

  private static List<String> command(String program, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(program);
    line.addAll(arguments);
    return line;
  }
}

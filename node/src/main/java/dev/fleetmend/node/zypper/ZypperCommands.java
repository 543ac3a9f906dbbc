package dev.fleetmend.node.zypper;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of zypper, with the options that every call of ours carries. */
final class ZypperCommands {
  private static final String NEVER_ASK = "--non-interactive";
  private static final String AS_IT_IS = "--no-refresh";

  private final Programs programs = new Programs(Map.of("TERM", "dumb", "ZYPP_LOCK_TIMEOUT", "60"));
  private final List<String> options;

  /**
   * @param options global ones that say where zypper keeps its lists
   */
  ZypperCommands(List<String> options) {
    this.options = List.copyOf(options);
  }

  /** Runs zypper and reads what it says, in XML. */
  ProgramResult run(List<String> global, List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("zypper", NEVER_ASK, "--xmlout"));
    line.addAll(options);
    line.addAll(global);
    line.addAll(arguments);
    return programs.run(line);
  }

  /** As {@link #run}, with the lists that are here already. */
  ProgramResult offline(List<String> arguments) throws IOException {
    return run(List.of(AS_IT_IS), arguments);
  }

  /** Starts a zypper that changes packages; it says all in words, rpm's own among them. */
  Process change(List<String> arguments, Path log) throws IOException {
    List<String> line = new ArrayList<>(List.of("zypper", NEVER_ASK, AS_IT_IS));
    line.addAll(options);
    line.addAll(arguments);
    return programs.start(line, Path.of("/"), log);
  }
}

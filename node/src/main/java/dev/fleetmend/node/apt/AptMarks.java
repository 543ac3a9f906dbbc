package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds, and which packages came only because others need them. */
final class AptMarks {
  private final AptCommands commands;

  AptMarks(AptCommands commands) {
    this.commands = commands;
  }

  Marks read() throws IOException {
    return new Marks(names("showhold"), names("showauto"));
  }

  /** Sets what was set before and no longer is, and clears what came to be set. */
  void restore(Marks before, Set<String> present) throws IOException {
    Marks now = read();
    set("hold", difference(before.held(), now.held()), present);
    set("auto", difference(before.automatic(), now.automatic()), present);
  }

  private void set(String mark, List<String> names, Set<String> present) throws IOException {
    List<String> there = names.stream().filter(present::contains).toList();
    if (there.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of(mark));
    arguments.addAll(there);
    ProgramResult result = commands.aptMark(arguments);
    if (!result.succeeded()) {
      throw new IOException("apt-mark " + mark + ": " + result.errors().strip());
    }
  }

  private List<String> names(String which) throws IOException {
    ProgramResult result = commands.aptMark(List.of(which));
    if (!result.succeeded()) {
      throw new IOException("apt-mark " + which + ": " + result.errors().strip());
    }
    return result.output().lines().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> difference(List<String> before, List<String> now) {
    Set<String> there = new HashSet<>(now);
    return before.stream().filter(name -> !there.contains(name)).toList();
  }
}

package dev.fleetmend.node.dnf;

import dev.fleetmend.node.manager.Marks;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.VersionHolds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which packages are there only because others need them. Locks are left alone by all that is done
 * here, and need no putting back.
 */
final class DnfMarks {
  private static final Set<String> AUTOMATIC = Set.of("dependency", "weak-dependency");
  private static final List<String> REASONS = List.of("--installed", "--qf", "%{name} %{reason}");

  private final DnfCommands commands;

  DnfMarks(DnfCommands commands) {
    this.commands = commands;
  }

  Marks read(VersionHolds holds) throws IOException {
    return new Marks(holds.locked(), automatic());
  }

  /** Marks what was automatic before and no longer is. */
  void restore(Marks before, Set<String> present) throws IOException {
    List<String> names = new ArrayList<>(before.automatic());
    names.removeAll(automatic());
    names.retainAll(present);
    if (names.isEmpty()) {
      return;
    }
    ProgramResult result = commands.markAutomatic(names.stream().distinct().toList());
    if (!result.succeeded()) {
      throw new IOException("dnf mark: " + result.errors().strip());
    }
  }

  private List<String> automatic() throws IOException {
    ProgramResult result = commands.repoquery(REASONS);
    if (!result.succeeded()) {
      throw new IOException("dnf repoquery: " + result.errors().strip());
    }
    return parse(result.output());
  }

  static List<String> parse(String output) {
    return output
        .lines()
        .map(line -> line.strip().split(" ", 2))
        .filter(word -> word.length == 2 && AUTOMATIC.contains(reason(word[1])))
        .map(word -> word[0])
        .distinct()
        .toList();
  }

  /** dnf 5 writes {@code Weak Dependency}. */
  private static String reason(String word) {
    return word.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}

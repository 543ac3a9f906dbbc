package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what {@code apt-get -s} says it would do. */
final class SimulationOutput {
  private static final Pattern INSTALL =
      Pattern.compile("^Inst ([^\\s:]+)(?::\\S+)? (?:\\[([^]]*)] )?\\((\\S+) .*\\[([^]]+)]\\).*");
  private static final Pattern REMOVE =
      Pattern.compile("^(?:Remv|Purg) ([^\\s:]+)(?::(\\S+))? \\[.*");
  private static final Pattern UNMET = Pattern.compile("^ {1,}\\S+ : .*");
  private static final int MOST_REASONS = 6;

  private SimulationOutput() {}

  static Simulation parse(ProgramResult result) {
    List<PackageChange> changes = new ArrayList<>();
    for (String line : result.output().lines().toList()) {
      Matcher install = INSTALL.matcher(line);
      if (install.matches()) {
        changes.add(
            new PackageChange(
                install.group(1), install.group(4), install.group(2), install.group(3)));
      }
    }
    boolean removes = result.output().lines().anyMatch(line -> REMOVE.matcher(line).matches());
    boolean possible = result.succeeded() && !removes;
    return new Simulation(possible, changes, possible ? "" : why(result));
  }

  /** The packages that would leave, by the architecture they are installed for. */
  static List<PackageId> removals(ProgramResult result, List<DpkgPackage> installed) {
    List<PackageId> removals = new ArrayList<>();
    for (String line : result.output().lines().toList()) {
      Matcher remove = REMOVE.matcher(line);
      if (remove.matches()) {
        installed.stream()
            .filter(one -> one.present() && one.name().equals(remove.group(1)))
            .filter(one -> remove.group(2) == null || one.arch().equals(remove.group(2)))
            .map(DpkgPackage::id)
            .forEach(removals::add);
      }
    }
    return removals;
  }

  private static String why(ProgramResult result) {
    List<String> reasons = new ArrayList<>();
    result.output().lines().filter(l -> UNMET.matcher(l).matches()).forEach(reasons::add);
    listed(result, "The following packages will be REMOVED:", "it would remove ", reasons);
    listed(result, "The following held packages will be changed:", "held: ", reasons);
    result
        .errors()
        .lines()
        .filter(line -> line.startsWith("E: "))
        .map(line -> line.substring("E: ".length()))
        .forEach(reasons::add);
    return reasons.stream()
        .map(String::strip)
        .limit(MOST_REASONS)
        .collect(Collectors.joining("; "));
  }

  /** apt prints a heading and the names below it, indented. */
  private static void listed(
      ProgramResult result, String heading, String words, List<String> reasons) {
    List<String> names =
        result
            .output()
            .lines()
            .dropWhile(line -> !line.equals(heading))
            .skip(1)
            .takeWhile(line -> line.startsWith("  "))
            .map(String::strip)
            .toList();
    if (!names.isEmpty()) {
      reasons.add(words + String.join(" ", names));
    }
  }
}

package dev.fleetmend.node.yum;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.TransactionTable;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what {@code yum --assumeno} says that it would do. */
final class YumTable {
  private static final String ASKED = "Exiting on user command";
  private static final int MOST_REASONS = 6;

  private YumTable() {}

  /**
   * What would change.
   *
   * @param asked the versions that were asked for
   * @param now how packages stand
   */
  static Simulation simulation(
      ProgramResult result, Collection<PackageVersion> asked, Map<PackageId, PackageStanding> now) {
    boolean willing = result.succeeded() || result.output().contains(ASKED);
    String refusal = willing ? "" : why(result);
    return TransactionTable.simulation("yum", result.output(), refusal, asked, now);
  }

  /** What was not found yum says in its output, and only that it does nothing among its errors. */
  private static String why(ProgramResult result) {
    String why =
        Stream.concat(
                result.output().lines().filter(line -> line.startsWith("No package ")),
                result.errors().lines().filter(line -> !line.equals("Error: Nothing to do")))
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .limit(MOST_REASONS)
            .collect(Collectors.joining("; "));
    return why.isEmpty() ? "yum refuses it" : why;
  }
}

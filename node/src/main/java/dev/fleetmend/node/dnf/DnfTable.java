package dev.fleetmend.node.dnf;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.TransactionTable;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads what {@code dnf --assumeno} says that it would do. */
final class DnfTable {
  private static final String ASKED = "Operation aborted";
  private static final int MOST_REASONS = 6;

  private DnfTable() {}

  /**
   * What would change.
   *
   * @param asked the versions that were asked for
   * @param now how packages stand
   */
  static Simulation simulation(
      ProgramResult result, Collection<PackageVersion> asked, Map<PackageId, PackageStanding> now) {
    boolean willing = result.succeeded() || result.errors().contains(ASKED);
    String refusal = willing ? "" : why(result.errors());
    return TransactionTable.simulation("dnf", result.output(), refusal, asked, now);
  }

  private static String why(String errors) {
    String why = DnfWords.of(errors).stream().limit(MOST_REASONS).collect(Collectors.joining("; "));
    return why.isEmpty() ? "dnf refuses it" : why;
  }
}

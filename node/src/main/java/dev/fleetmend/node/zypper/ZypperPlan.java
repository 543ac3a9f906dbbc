package dev.fleetmend.node.zypper;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.zypper.ZypperAnswer.Solvable;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what {@code zypper install --dry-run} says it would do. */
final class ZypperPlan {
  private static final String REMOVE = "to-remove";

  private ZypperPlan() {}

  /** Tells which packages take the place of others. */
  interface Replacements {
    /** The one among those that come which takes a leaving one's place. */
    Optional<PackageId> of(PackageVersion gone, List<PackageVersion> coming) throws IOException;
  }

  /**
   * What zypper would do.
   *
   * @param obsoletes what says which of the leaving packages are only replaced
   * @param installed the newest installed version by package: a kernel is not replaced, and yet
   *     comes after an older one
   */
  static Simulation parse(
      ProgramResult result, Map<PackageId, String> installed, Replacements obsoletes)
      throws IOException {
    ZypperAnswer answer = ZypperAnswer.parse(result.output());
    List<PackageChange> changes = new ArrayList<>();
    List<String> reasons = new ArrayList<>(answer.problems());
    reasons.addAll(answer.errors());
    for (Solvable one : answer.solvables()) {
      if (!one.section().equals(REMOVE)) {
        String from = one.editionOld();
        PackageId id = new PackageId(one.name(), one.arch());
        changes.add(
            new PackageChange(
                one.name(), one.arch(), from.isEmpty() ? installed.get(id) : from, one.edition()));
      }
    }
    List<PackageVersion> coming = PackageChange.incoming(changes);
    for (PackageVersion gone : going(answer)) {
      Optional<PackageId> by = obsoletes.of(gone, coming);
      by.ifPresentOrElse(
          other -> changes.add(PackageChange.replaced(gone, other)),
          () -> reasons.add("it would remove " + gone.name()));
    }
    boolean possible = reasons.isEmpty() && result.succeeded();
    return new Simulation(possible, changes, possible ? "" : why(reasons, result));
  }

  private static List<PackageVersion> going(ZypperAnswer answer) {
    return answer.solvables().stream()
        .filter(one -> one.section().equals(REMOVE))
        .map(one -> new PackageVersion(one.name(), one.arch(), one.edition()))
        .toList();
  }

  private static String why(List<String> reasons, ProgramResult result) {
    return reasons.isEmpty()
        ? "zypper ended with " + result.exitCode()
        : reasons.stream()
            .map(reason -> reason.lines().map(String::strip).collect(Collectors.joining("; ")))
            .collect(Collectors.joining("; "));
  }
}

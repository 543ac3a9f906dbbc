package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which of the wanted versions can go in together without removing anything: all if possible;
 * else, by halving, all but those that cannot join the others.
 */
final class Selector {
  private final PackageManager manager;
  private final List<String> blocked;

  /**
   * @param blocked names of packages that may not change
   */
  Selector(PackageManager manager, List<String> blocked) {
    this.manager = manager;
    this.blocked = List.copyOf(blocked);
  }

  Selection select(List<PackageVersion> wanted) throws IOException {
    if (wanted.isEmpty()) {
      return new Selection(List.of(), List.of(), Map.of());
    }
    Simulation whole = simulate(wanted);
    if (whole.possible()) {
      return new Selection(wanted, whole.changes(), Map.of());
    }
    Map<PackageVersion, String> refused = new HashMap<>();
    List<PackageVersion> accepted = new ArrayList<>();
    join(accepted, wanted, refused);
    acceptWhatOthersMadePossible(accepted, refused);
    Simulation rest = accepted.isEmpty() ? new Simulation(true, List.of(), "") : simulate(accepted);
    return new Selection(accepted, rest.changes(), refused);
  }

  /** Adds those of the more that can join the accepted. */
  private void join(
      List<PackageVersion> accepted, List<PackageVersion> more, Map<PackageVersion, String> refused)
      throws IOException {
    List<PackageVersion> together = new ArrayList<>(accepted);
    together.addAll(more);
    Simulation simulation = simulate(together);
    if (simulation.possible()) {
      accepted.addAll(more);
      return;
    }
    if (more.size() == 1) {
      refused.put(more.getFirst(), simulation.why());
      return;
    }
    int half = more.size() / 2;
    join(accepted, more.subList(0, half), refused);
    join(accepted, more.subList(half, more.size()), refused);
  }

  /** One that was tried too early may join once all others have. */
  private void acceptWhatOthersMadePossible(
      List<PackageVersion> accepted, Map<PackageVersion, String> refused) throws IOException {
    boolean grew = !accepted.isEmpty();
    while (grew) {
      grew = false;
      for (PackageVersion version : List.copyOf(refused.keySet())) {
        List<PackageVersion> together = new ArrayList<>(accepted);
        together.add(version);
        if (simulate(together).possible()) {
          accepted.add(version);
          refused.remove(version);
          grew = true;
        }
      }
    }
  }

  private Simulation simulate(List<PackageVersion> versions) throws IOException {
    Simulation simulation = manager.simulateInstall(versions);
    List<String> rejected =
        simulation.changes().stream()
            .filter(change -> blocked.contains(change.name()))
            .map(change -> change.id() + " " + (change.to() == null ? "gone" : change.to()))
            .toList();
    return rejected.isEmpty() || !simulation.possible()
        ? simulation
        : new Simulation(
            false,
            simulation.changes(),
            "it would bring along what the baseline rejects: " + String.join(", ", rejected));
  }
}

package dev.fleetmend.node.manager;

import java.util.List;

/**
 * What the package manager would do, tried without doing it.
 *
 * @param possible whether it would do all that was asked without removing anything but what a
 *     package that comes replaces
 * @param changes all packages that would change, those that come along included
 * @param why the package manager's reason where it is not possible, else empty
 */
public record Simulation(boolean possible, List<PackageChange> changes, String why) {
  public Simulation {
    changes = List.copyOf(changes);
  }
}

package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;
import java.util.Map;

/**
 * Which of the wanted versions can go in together.
 *
 * @param changes all packages that would change, those that come along included
 * @param refused those that cannot go in, with the package manager's reason
 */
record Selection(
    List<PackageVersion> accepted,
    List<PackageChange> changes,
    Map<PackageVersion, String> refused) {
  Selection {
    accepted = List.copyOf(accepted);
    changes = List.copyOf(changes);
    refused = Map.copyOf(refused);
  }
}

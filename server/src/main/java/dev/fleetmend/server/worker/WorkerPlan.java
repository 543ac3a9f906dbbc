package dev.fleetmend.server.worker;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;

/**
 * What a worker script is to do.
 *
 * @param notes what is left out and why, one line each
 */
record WorkerPlan(
    List<PackageVersion> install, List<PackageVersion> uninstall, List<String> notes) {
  WorkerPlan {
    install = List.copyOf(install);
    uninstall = List.copyOf(uninstall);
    notes = List.copyOf(notes);
  }
}

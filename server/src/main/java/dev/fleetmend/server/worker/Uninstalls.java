package dev.fleetmend.server.worker;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.fact.UpdateDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an Uninstall takes out where only the platform's own tools can: updates by their ids. */
final class Uninstalls {
  private Uninstalls() {}

  /**
   * The plan.
   *
   * @throws ApiException ValidationException where the command names none, or the platform has no
   *     way to take any out
   */
  static WorkerPlan of(Map<String, Object> parameters, HostFacts facts) {
    if (!facts.platform().operatingSystem().equals(WindowsScanReader.SYSTEM)) {
      throw refused("macOS cannot take an update out again");
    }
    List<String> asked =
        parameters.get("PatchIds") instanceof List<?> ids
            ? ids.stream().map(String::valueOf).toList()
            : List.of();
    if (asked.isEmpty()) {
      throw refused("on Windows, Uninstall needs the KB ids in PatchIds");
    }
    List<PackageVersion> uninstall = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String id : asked) {
      List<InstalledPackage> found =
          facts.installed().stream()
              .filter(installed -> installed.name().equalsIgnoreCase(id))
              .toList();
      if (found.isEmpty()) {
        notes.add(id + " is not installed");
      }
      for (InstalledPackage installed : found) {
        if (mayGo(installed, facts)) {
          uninstall.add(
              new PackageVersion(installed.name(), installed.arch(), installed.version()));
        } else {
          notes.add(id + " is left in: Windows says that it cannot be taken out");
        }
      }
    }
    return new WorkerPlan(List.of(), uninstall, notes);
  }

  /** Of what the catalogue has forgotten nothing is said; DISM will tell. */
  private static boolean mayGo(InstalledPackage installed, HostFacts facts) {
    return facts.offered().stream()
        .filter(offer -> offer.version().equals(installed.version()))
        .map(OfferedVersion::update)
        .allMatch(details -> details == null || isUninstallable(details));
  }

  private static boolean isUninstallable(UpdateDetails details) {
    return details.uninstallable();
  }

  private static ApiException refused(String why) {
    return new ApiException("ValidationException", "Nothing is uninstalled: " + why + ".");
  }
}

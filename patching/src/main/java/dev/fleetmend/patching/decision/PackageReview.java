package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.InstalledPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One installed package against what is on offer for it.
 *
 * @param present the installed version
 * @param newer the versions above it, newest first
 */
record PackageReview(InstalledPackage installed, JudgedVersion present, List<JudgedVersion> newer) {

  /** The newest approved version that the host can come to and that is not held back. */
  Optional<JudgedVersion> next(NodeHistory history) {
    return open(history)
        .filter(version -> version.reachable() || history.released().contains(version.id()))
        .findFirst();
  }

  /**
   * A security fix that the baseline approves and only the host's own pins keep out. Versions that
   * are no security fix and beyond the candidate are what archives such as backports offer without
   * meaning them for everybody.
   */
  Optional<JudgedVersion> pinnedAway(NodeHistory history) {
    return open(history).filter(version -> !version.reachable() && version.security()).findFirst();
  }

  /** The newest version that would be next but for a quarantine. */
  Optional<JudgedVersion> heldBack(NodeHistory history) {
    Optional<JudgedVersion> held =
        newer.stream()
            .filter(version -> version.approval().isApproved())
            .filter(version -> history.quarantined().contains(version.id()))
            .findFirst();
    return held.filter(
        version ->
            next(history).map(next -> newer.indexOf(next) > newer.indexOf(version)).orElse(true));
  }

  /** The CVEs that a step from the installed version to the given one closes, as far as known. */
  List<String> cvesClosedBy(JudgedVersion version) {
    List<JudgedVersion> steps = newer.subList(newer.indexOf(version), newer.size());
    return steps.stream()
        .flatMap(step -> step.offer().cves().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** Why the host would not come to the version by itself, or empty. */
  List<String> obstacles(JudgedVersion version, NodeHistory history) {
    List<String> obstacles = new ArrayList<>();
    if (installed.held()) {
      obstacles.add("the host holds the package");
    }
    if (!version.reachable() && !history.released().contains(version.id())) {
      String needs =
          version.subscription().isEmpty()
              ? ""
              : "only " + version.subscription() + " has it, and ";
      obstacles.add(needs + "the host's pins keep this version out");
    }
    return obstacles;
  }

  private Stream<JudgedVersion> open(NodeHistory history) {
    return newer.stream()
        .filter(version -> version.approval().isApproved())
        .filter(version -> !history.quarantined().contains(version.id()));
  }
}

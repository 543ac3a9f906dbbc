package dev.fleetmend.patching.exchange;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;

/**
 * Answer to {@link PatchRunRequest}: what to put in, exactly.
 *
 * @param install the versions to install, each a version that the facts offered
 * @param heldBack versions in quarantine for this node, to be pinned away while they are
 * @param blocked names of packages that the baseline rejects with BLOCK: what needs a new version
 *     of one, or brings one along, is not put in
 * @param onlyRevertible whether nothing is to be put in where some of it could not be taken back,
 *     unless the run itself says otherwise
 * @param notes for people: what was left out and why, one line each
 * @param hash hex SHA-256 over the plan, to name it in reports
 */
public record PatchRunPlan(
    String baselineId,
    List<PackageVersion> install,
    List<PackageVersion> heldBack,
    List<String> blocked,
    boolean onlyRevertible,
    List<String> notes,
    String hash) {
  public PatchRunPlan {
    install = List.copyOf(install);
    heldBack = List.copyOf(heldBack);
    blocked = List.copyOf(blocked);
    notes = List.copyOf(notes);
  }
}

package dev.fleetmend.patching.exchange;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;

/**
 * Answer to {@link PatchRunReport}: what the node prints as the command's output.
 *
 * @param compliant whether no patch is missing, failed, rejected or pending a reboot
 * @param nothingMissing whether no approved patch is left to be put in
 * @param nothingPending whether no patch waits for a reboot
 * @param lines the summary for people, one line each
 * @param heldBack versions in quarantine for this node, to be pinned away while they are
 */
public record PatchRunSummary(
    boolean compliant,
    boolean nothingMissing,
    boolean nothingPending,
    List<String> lines,
    List<PackageVersion> heldBack) {
  public PatchRunSummary {
    lines = List.copyOf(lines);
    heldBack = List.copyOf(heldBack);
  }
}

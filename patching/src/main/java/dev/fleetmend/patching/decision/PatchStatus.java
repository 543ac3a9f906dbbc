package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import java.util.Comparator;
import java.util.List;

/**
 * What the decision says of one patch on one node.
 *
 * @param security whether it comes from a security archive or notice
 * @param installedAt epoch seconds, 0 where it is not installed
 * @param why the reason in one plain sentence, for people
 */
public record PatchStatus(
    String name,
    String arch,
    String version,
    PatchState state,
    ComplianceLevel complianceLevel,
    String classification,
    String severity,
    boolean security,
    List<String> cves,
    long installedAt,
    String why) {
  /** By name, arch and version. */
  public static final Comparator<PatchStatus> BY_PACKAGE =
      Comparator.comparing(PatchStatus::name)
          .thenComparing(PatchStatus::arch)
          .thenComparing(PatchStatus::version);

  public PatchStatus {
    cves = List.copyOf(cves);
  }
}

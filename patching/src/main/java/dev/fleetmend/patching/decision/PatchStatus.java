package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the decision says of one patch on one node.
 *
 * @param security whether it comes from a security archive or notice
 * @param installedAt epoch seconds, 0 where it is not installed
 * @param why the reason in one plain sentence, for people
 * @param title of an update that is a unit of its own, or null of a package
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
    String why,
    @Nullable String title) {
  /** By name, arch and version. */
  public static final Comparator<PatchStatus> BY_PACKAGE =
      Comparator.comparing(PatchStatus::name)
          .thenComparing(PatchStatus::arch)
          .thenComparing(PatchStatus::version);

  public PatchStatus {
    cves = List.copyOf(cves);
  }

  /** What the decision says of a package. */
  public PatchStatus(
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
    this(
        name,
        arch,
        version,
        state,
        complianceLevel,
        classification,
        severity,
        security,
        cves,
        installedAt,
        why,
        null);
  }
}

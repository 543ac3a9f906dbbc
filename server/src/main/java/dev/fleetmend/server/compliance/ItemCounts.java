package dev.fleetmend.server.compliance;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.ComplianceStatus;

/**
 * The items of one resource and type, counted.
 *
 * @param worst the worst severity of what is not compliant; UNSPECIFIED where all is
 */
record ItemCounts(SeverityCounts compliant, SeverityCounts nonCompliant, ComplianceLevel worst) {

  static ItemCounts of(List<ComplianceLevel> compliant, List<ComplianceLevel> nonCompliant) {
    return new ItemCounts(
        SeverityCounts.of(compliant),
        SeverityCounts.of(nonCompliant),
        nonCompliant.stream().min(Comparator.naturalOrder()).orElse(ComplianceLevel.UNSPECIFIED));
  }

  /** One item is enough to be non-compliant. */
  ComplianceStatus status() {
    return nonCompliant.total() == 0 ? ComplianceStatus.COMPLIANT : ComplianceStatus.NON_COMPLIANT;
  }
}

package dev.fleetmend.server.compliance;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import java.util.Collection;
import java.util.Collections;
import software.amazon.awssdk.services.ssm.model.SeveritySummary;

/** How many there are of each severity. */
record SeverityCounts(
    int critical, int high, int medium, int low, int informational, int unspecified) {

  static SeverityCounts of(Collection<ComplianceLevel> levels) {
    return new SeverityCounts(
        Collections.frequency(levels, ComplianceLevel.CRITICAL),
        Collections.frequency(levels, ComplianceLevel.HIGH),
        Collections.frequency(levels, ComplianceLevel.MEDIUM),
        Collections.frequency(levels, ComplianceLevel.LOW),
        Collections.frequency(levels, ComplianceLevel.INFORMATIONAL),
        Collections.frequency(levels, ComplianceLevel.UNSPECIFIED));
  }

  int total() {
    return critical + high + medium + low + informational + unspecified;
  }

  SeveritySummary onTheWire() {
    return SeveritySummary.builder()
        .criticalCount(critical)
        .highCount(high)
        .mediumCount(medium)
        .lowCount(low)
        .informationalCount(informational)
        .unspecifiedCount(unspecified)
        .build();
  }
}

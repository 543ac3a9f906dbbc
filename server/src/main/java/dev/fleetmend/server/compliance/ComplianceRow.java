package dev.fleetmend.server.compliance;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ComplianceExecutionSummary;
import software.amazon.awssdk.services.ssm.model.ComplianceStatus;

/**
 * What is kept of one resource and compliance type, without its items.
 *
 * @param executedAt epoch milliseconds
 * @param executionId may be empty
 * @param executionType may be empty
 * @param patchGroup of type Patch, else empty
 * @param baselineId of type Patch, else empty
 * @param contentHash what the items were uploaded with, or null
 */
record ComplianceRow(
    String resourceId,
    String type,
    ComplianceStatus status,
    ComplianceLevel overallSeverity,
    long executedAt,
    String executionId,
    String executionType,
    String patchGroup,
    String baselineId,
    @Nullable String contentHash) {
  static final String RESOURCE_TYPE = "ManagedInstance";
  static final String PATCH = "Patch";
  static final String ASSOCIATION = "Association";

  ComplianceExecutionSummary execution() {
    return ComplianceExecutionSummary.builder()
        .executionTime(Instant.ofEpochMilli(executedAt))
        .executionId(executionId.isEmpty() ? null : executionId)
        .executionType(executionType.isEmpty() ? null : executionType)
        .build();
  }

  /** In the order of resources and types, for paging. */
  String key() {
    return resourceId + "\u0001" + type;
  }
}

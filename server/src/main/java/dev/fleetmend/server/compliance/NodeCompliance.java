package dev.fleetmend.server.compliance;

import software.amazon.awssdk.services.ssm.model.ResourceComplianceSummaryItem;

/**
 * How a node stands in one compliance type.
 *
 * @param patchGroup of type Patch, else empty
 * @param baselineId of type Patch, else empty
 */
public record NodeCompliance(
    String patchGroup, String baselineId, ResourceComplianceSummaryItem summary) {}

package dev.fleetmend.server.baseline;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.baseline.RejectedAction;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.PatchComplianceStatus;
import software.amazon.awssdk.services.ssm.model.PatchFilterGroup;
import software.amazon.awssdk.services.ssm.model.PatchRule;

/** A baseline of the wire as decisions need it. */
final class BaselineRules {
  private BaselineRules() {}

  static Baseline of(GetPatchBaselineResponse baseline) {
    return new Baseline(
        baseline.baselineId(),
        baseline.operatingSystemAsString(),
        filters(baseline.globalFilters()),
        baseline.approvalRules().patchRules().stream().map(BaselineRules::rule).toList(),
        baseline.approvedPatches(),
        ComplianceLevel.valueOf(baseline.approvedPatchesComplianceLevelAsString()),
        Boolean.TRUE.equals(baseline.approvedPatchesEnableNonSecurity()),
        baseline.rejectedPatches(),
        RejectedAction.valueOf(baseline.rejectedPatchesActionAsString()),
        baseline.availableSecurityUpdatesComplianceStatus() == PatchComplianceStatus.NON_COMPLIANT);
  }

  private static ApprovalRule rule(PatchRule rule) {
    return new ApprovalRule(
        filters(rule.patchFilterGroup()),
        ComplianceLevel.valueOf(rule.complianceLevelAsString()),
        rule.approveAfterDays(),
        rule.approveUntilDate(),
        Boolean.TRUE.equals(rule.enableNonSecurity()));
  }

  private static List<Filter> filters(PatchFilterGroup group) {
    return group.patchFilters().stream()
        .map(filter -> new Filter(filter.keyAsString(), filter.values()))
        .toList();
  }
}

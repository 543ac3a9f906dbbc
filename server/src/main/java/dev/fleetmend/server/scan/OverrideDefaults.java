package dev.fleetmend.server.scan;

import java.util.List;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.OperatingSystem;
import software.amazon.awssdk.services.ssm.model.PatchAction;
import software.amazon.awssdk.services.ssm.model.PatchComplianceLevel;
import software.amazon.awssdk.services.ssm.model.PatchFilterGroup;
import software.amazon.awssdk.services.ssm.model.PatchRule;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;

/** Fills in what a baseline that came along with a command leaves out. */
final class OverrideDefaults {
  private OverrideDefaults() {}

  static GetPatchBaselineResponse complete(GetPatchBaselineResponse given) {
    GetPatchBaselineResponse.Builder complete = given.toBuilder();
    if (given.baselineId() == null) {
      complete.baselineId("BaselineOverride");
    }
    if (given.operatingSystem() == null) {
      complete.operatingSystem(OperatingSystem.WINDOWS);
    }
    if (given.globalFilters() == null) {
      complete.globalFilters(PatchFilterGroup.builder().build());
    }
    if (given.approvedPatchesComplianceLevel() == null) {
      complete.approvedPatchesComplianceLevel(PatchComplianceLevel.UNSPECIFIED);
    }
    if (given.rejectedPatchesAction() == null) {
      complete.rejectedPatchesAction(PatchAction.ALLOW_AS_DEPENDENCY);
    }
    PatchRuleGroup rules = given.approvalRules();
    return complete
        .approvalRules(
            PatchRuleGroup.builder()
                .patchRules(
                    rules == null
                        ? List.of()
                        : rules.patchRules().stream().map(OverrideDefaults::complete).toList())
                .build())
        .build();
  }

  private static PatchRule complete(PatchRule given) {
    PatchRule.Builder complete = given.toBuilder();
    if (given.patchFilterGroup() == null) {
      complete.patchFilterGroup(PatchFilterGroup.builder().build());
    }
    if (given.complianceLevel() == null) {
      complete.complianceLevel(PatchComplianceLevel.UNSPECIFIED);
    }
    return complete.build();
  }
}

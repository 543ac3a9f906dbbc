package dev.fleetmend.server.baseline;

import dev.fleetmend.api.Structures;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.PatchFilterGroup;
import software.amazon.awssdk.services.ssm.model.PatchRule;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;
import software.amazon.awssdk.services.ssm.model.UpdatePatchBaselineRequest;

/** What stands in a baseline where a request says nothing: reads always show it explicitly. */
final class BaselineDefaults {
  private BaselineDefaults() {}

  static GetPatchBaselineResponse of(CreatePatchBaselineRequest request) {
    GetPatchBaselineResponse.Builder builder = empty();
    builder.operatingSystem("WINDOWS");
    Structures.copy(request, builder);
    return completed(builder.build());
  }

  /** A baseline after an update: what is omitted stays, or with Replace becomes empty. */
  static GetPatchBaselineResponse of(
      UpdatePatchBaselineRequest request, GetPatchBaselineResponse before) {
    GetPatchBaselineResponse.Builder builder = before.toBuilder();
    if (Boolean.TRUE.equals(request.replace())) {
      builder = empty();
      builder.operatingSystem(before.operatingSystemAsString());
    }
    Structures.copy(request, builder);
    return completed(builder.baselineId(before.baselineId()).build());
  }

  private static GetPatchBaselineResponse.Builder empty() {
    return GetPatchBaselineResponse.builder()
        .globalFilters(PatchFilterGroup.builder().patchFilters(List.of()).build())
        .approvalRules(PatchRuleGroup.builder().patchRules(List.<PatchRule>of()).build())
        .approvedPatches(List.of())
        .approvedPatchesComplianceLevel("UNSPECIFIED")
        .approvedPatchesEnableNonSecurity(false)
        .rejectedPatches(List.of())
        .rejectedPatchesAction("ALLOW_AS_DEPENDENCY")
        .sources(List.of());
  }

  private static GetPatchBaselineResponse completed(GetPatchBaselineResponse baseline) {
    List<PatchRule> rules =
        baseline.approvalRules().patchRules().stream().map(BaselineDefaults::completed).toList();
    return baseline.toBuilder()
        .approvalRules(PatchRuleGroup.builder().patchRules(rules).build())
        .build();
  }

  private static PatchRule completed(PatchRule rule) {
    PatchRule.Builder builder = rule.toBuilder();
    if (rule.complianceLevel() == null) {
      builder.complianceLevel("UNSPECIFIED");
    }
    if (rule.enableNonSecurity() == null) {
      builder.enableNonSecurity(false);
    }
    return builder.build();
  }
}

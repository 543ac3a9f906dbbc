package dev.fleetmend.server.baseline;

import dev.fleetmend.api.ApiException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.PatchFilter;
import software.amazon.awssdk.services.ssm.model.PatchRule;

/**
 * What a baseline must be beyond the service model's constraints: filter keys that its operating
 * system has, one of the two approval times, and no Linux-only members on Windows.
 */
final class BaselineChecks {
  private static final Set<String> DEB = Set.of("UBUNTU", "DEBIAN", "RASPBIAN");

  private BaselineChecks() {}

  /**
   * @throws ApiException ValidationException that names the member at fault
   */
  static void check(GetPatchBaselineResponse baseline) {
    String system = baseline.operatingSystemAsString();
    filters(system, baseline.globalFilters().patchFilters(), "GlobalFilters");
    for (PatchRule rule : baseline.approvalRules().patchRules()) {
      filters(system, rule.patchFilterGroup().patchFilters(), "ApprovalRules");
      approvalTime(system, rule);
      if (system.equals("WINDOWS") && Boolean.TRUE.equals(rule.enableNonSecurity())) {
        throw invalid("EnableNonSecurity is supported for Linux operating systems only.");
      }
    }
    if (system.equals("WINDOWS")) {
      linuxOnly(baseline);
    } else if (baseline.availableSecurityUpdatesComplianceStatus() != null) {
      throw invalid(
          "AvailableSecurityUpdatesComplianceStatus is supported for Windows Server only.");
    }
  }

  private static void linuxOnly(GetPatchBaselineResponse baseline) {
    if (Boolean.TRUE.equals(baseline.approvedPatchesEnableNonSecurity())) {
      throw invalid(
          "ApprovedPatchesEnableNonSecurity is supported for Linux operating systems only.");
    }
    if (!baseline.sources().isEmpty()) {
      throw invalid("Sources are supported for Linux operating systems only.");
    }
  }

  private static void filters(String system, List<PatchFilter> filters, String where) {
    Set<String> allowed = keys(system);
    for (PatchFilter filter : filters) {
      if (!allowed.contains(filter.keyAsString())) {
        throw invalid(
            "Patch filter key "
                + filter.keyAsString()
                + " in "
                + where
                + " is not supported for operating system "
                + system
                + ". Supported keys: "
                + allowed.stream().sorted().toList());
      }
    }
    if (filters.stream().map(PatchFilter::keyAsString).distinct().count() != filters.size()) {
      throw invalid("A patch filter key may appear only once in a filter group of " + where + ".");
    }
  }

  private static Set<String> keys(String system) {
    if (system.equals("WINDOWS")) {
      return Set.of(
          "PATCH_SET", "PRODUCT", "PRODUCT_FAMILY", "CLASSIFICATION", "MSRC_SEVERITY", "PATCH_ID");
    }
    if (DEB.contains(system)) {
      return Set.of("PRODUCT", "PRIORITY", "SECTION");
    }
    return system.equals("MACOS")
        ? Set.of("PRODUCT", "CLASSIFICATION")
        : Set.of("PRODUCT", "CLASSIFICATION", "SEVERITY");
  }

  private static void approvalTime(String system, PatchRule rule) {
    boolean days = rule.approveAfterDays() != null;
    boolean until = rule.approveUntilDate() != null;
    if (days && until) {
      throw invalid("Specify either ApproveAfterDays or ApproveUntilDate, not both.");
    }
    if (until && DEB.contains(system)) {
      throw invalid("ApproveUntilDate is not supported for operating system " + system + ".");
    }
    if (!days && !until && !DEB.contains(system)) {
      throw invalid("An approval rule needs ApproveAfterDays or ApproveUntilDate.");
    }
    if (until) {
      try {
        LocalDate.parse(rule.approveUntilDate());
      } catch (DateTimeParseException e) {
        throw invalid(
            "ApproveUntilDate must be a date of the form YYYY-MM-DD: " + rule.approveUntilDate());
      }
    }
  }

  private static ApiException invalid(String message) {
    return new ApiException("ValidationException", message);
  }
}

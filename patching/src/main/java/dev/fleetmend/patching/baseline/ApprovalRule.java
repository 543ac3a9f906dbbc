package dev.fleetmend.patching.baseline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One approval rule of a baseline: filters combine with AND, values within one with OR.
 *
 * @param approveAfterDays 0 to 360 days after release, or null where a date is given or none
 *     applies
 * @param approveUntilDate {@code yyyy-MM-dd}, inclusive, UTC; or null
 */
public record ApprovalRule(
    List<Filter> filters,
    ComplianceLevel complianceLevel,
    @Nullable Integer approveAfterDays,
    @Nullable String approveUntilDate,
    boolean enableNonSecurity) {
  public ApprovalRule {
    filters = List.copyOf(filters);
  }
}

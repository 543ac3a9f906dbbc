package dev.fleetmend.patching.baseline;

import java.util.List;

/**
 * A patch baseline as far as decisions need it.
 *
 * @param availableNonCompliant whether a security update that waits for approval makes a Windows
 *     node non-compliant (AvailableSecurityUpdatesComplianceStatus)
 */
public record Baseline(
    String id,
    String operatingSystem,
    List<Filter> globalFilters,
    List<ApprovalRule> rules,
    List<String> approved,
    ComplianceLevel approvedLevel,
    boolean approvedNonSecurity,
    List<String> rejected,
    RejectedAction rejectedAction,
    boolean availableNonCompliant) {
  public Baseline {
    globalFilters = List.copyOf(globalFilters);
    rules = List.copyOf(rules);
    approved = List.copyOf(approved);
    rejected = List.copyOf(rejected);
  }

  /** A baseline to which updates that wait for approval do not matter. */
  public Baseline(
      String id,
      String operatingSystem,
      List<Filter> globalFilters,
      List<ApprovalRule> rules,
      List<String> approved,
      ComplianceLevel approvedLevel,
      boolean approvedNonSecurity,
      List<String> rejected,
      RejectedAction rejectedAction) {
    this(
        id,
        operatingSystem,
        globalFilters,
        rules,
        approved,
        approvedLevel,
        approvedNonSecurity,
        rejected,
        rejectedAction,
        false);
  }
}

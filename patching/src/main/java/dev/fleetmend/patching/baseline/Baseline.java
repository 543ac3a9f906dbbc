package dev.fleetmend.patching.baseline;

import java.util.List;

/** A patch baseline as far as decisions need it. */
public record Baseline(
    String id,
    String operatingSystem,
    List<Filter> globalFilters,
    List<ApprovalRule> rules,
    List<String> approved,
    ComplianceLevel approvedLevel,
    boolean approvedNonSecurity,
    List<String> rejected,
    RejectedAction rejectedAction) {
  public Baseline {
    globalFilters = List.copyOf(globalFilters);
    rules = List.copyOf(rules);
    approved = List.copyOf(approved);
    rejected = List.copyOf(rejected);
  }
}

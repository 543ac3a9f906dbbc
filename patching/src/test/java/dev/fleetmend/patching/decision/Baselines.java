package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.baseline.RejectedAction;
import java.util.List;

/** Baselines for Debian. */
final class Baselines {
  private Baselines() {}

  /** Approves every security update, as the predefined one does. */
  static Baseline security() {
    return of(List.of(rule(ComplianceLevel.UNSPECIFIED, false)));
  }

  /** Approves every update. */
  static Baseline everything() {
    return of(List.of(rule(ComplianceLevel.UNSPECIFIED, true)));
  }

  static Baseline of(List<ApprovalRule> rules) {
    return new Baseline(
        "pb-1",
        "DEBIAN",
        List.of(),
        rules,
        List.of(),
        ComplianceLevel.UNSPECIFIED,
        false,
        List.of(),
        RejectedAction.ALLOW_AS_DEPENDENCY);
  }

  static Baseline approving(List<String> approved, ComplianceLevel level, boolean nonSecurity) {
    return new Baseline(
        "pb-1",
        "DEBIAN",
        List.of(),
        List.of(),
        approved,
        level,
        nonSecurity,
        List.of(),
        RejectedAction.ALLOW_AS_DEPENDENCY);
  }

  static Baseline rejecting(Baseline base, RejectedAction action, String... rejected) {
    return new Baseline(
        base.id(),
        base.operatingSystem(),
        base.globalFilters(),
        base.rules(),
        base.approved(),
        base.approvedLevel(),
        base.approvedNonSecurity(),
        List.of(rejected),
        action);
  }

  static ApprovalRule rule(ComplianceLevel level, boolean nonSecurity, Filter... filters) {
    return new ApprovalRule(List.of(filters), level, 7, null, nonSecurity);
  }

  static Filter filter(String key, String... values) {
    return new Filter(key, List.of(values));
  }
}

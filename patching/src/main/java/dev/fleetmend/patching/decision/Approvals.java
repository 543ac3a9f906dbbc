package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.Filter;
import dev.fleetmend.patching.decision.Approval.Verdict;
import dev.fleetmend.patching.fact.OfferedVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Judges versions by one baseline at one moment, for hosts of one product. */
public final class Approvals {
  private final Baseline baseline;
  private final FamilyRules family;
  private final String product;
  private final Instant now;

  Approvals(Baseline baseline, FamilyRules family, String product, Instant now) {
    this.baseline = baseline;
    this.family = family;
    this.product = product;
    this.now = now;
  }

  /**
   * Judges by a baseline.
   *
   * @param product SSM's name of the release, such as {@code Debian12}
   * @throws UnsupportedOperatingSystem when the baseline's operating system cannot be judged yet
   */
  public static Approvals by(Baseline baseline, String product, Instant now) {
    return new Approvals(baseline, rulesOf(baseline.operatingSystem()), product, now);
  }

  /** Whether a version comes from a security archive or notice of an operating system. */
  public static boolean isSecurity(String operatingSystem, OfferedVersion version) {
    return FamilyRules.of(operatingSystem).map(rules -> rules.isSecurity(version)).orElse(false);
  }

  static FamilyRules rulesOf(String operatingSystem) {
    return FamilyRules.of(operatingSystem)
        .orElseThrow(() -> new UnsupportedOperatingSystem(operatingSystem));
  }

  /** What the baseline says of a version: rejected before listed, listed before rules. */
  public Approval of(OfferedVersion version) {
    if (names(baseline.rejected(), version)) {
      String action = baseline.rejectedAction().name();
      return unapproved(
          Verdict.EXPLICITLY_REJECTED, baseline.id() + " rejects it (" + action + ")");
    }
    List<Integer> matching = matchingRules(version);
    ComplianceLevel level = highestLevel(matching);
    if (names(baseline.approved(), version)
        && (baseline.approvedNonSecurity()
            || !family.defaultsToSecurity()
            || isSecurity(version))) {
      return new Approval(
          Verdict.EXPLICITLY_APPROVED,
          higher(level, baseline.approvedLevel()),
          Instant.EPOCH,
          "the approved patches of " + baseline.id() + " name it");
    }
    return matching.isEmpty() ? refusal(version) : byRules(version, matching, level);
  }

  /** Whether the version comes from a security archive or notice. */
  public boolean isSecurity(OfferedVersion version) {
    return family.isSecurity(version);
  }

  /** The subscription without which a host cannot have the version, or empty. */
  String subscriptionFor(OfferedVersion version) {
    return family.subscriptionFor(version);
  }

  private Approval byRules(OfferedVersion version, List<Integer> matching, ComplianceLevel level) {
    int earliest = matching.getFirst();
    for (int index : matching) {
      if (approvedFrom(index, version).isBefore(approvedFrom(earliest, version))) {
        earliest = index;
      }
    }
    Instant from = approvedFrom(earliest, version);
    String rule = "rule " + (earliest + 1) + " of " + baseline.id();
    if (from.equals(Instant.MAX)) {
      return unapproved(Verdict.NOT_APPROVED, never(rule, baseline.rules().get(earliest)));
    }
    return from.isAfter(now)
        ? new Approval(
            Verdict.PENDING,
            level,
            from,
            rule + " approves it on " + from.truncatedTo(ChronoUnit.SECONDS))
        : new Approval(Verdict.APPROVED, level, from, rule + " approves it");
  }

  private static String never(String name, ApprovalRule rule) {
    return rule.approveUntilDate() == null
        ? name + " waits after a release, and the date of its notice cannot be read"
        : name + " approves what was released until " + rule.approveUntilDate();
  }

  private Instant approvedFrom(int rule, OfferedVersion version) {
    return family.approvedFrom(baseline.rules().get(rule), version);
  }

  private Approval refusal(OfferedVersion version) {
    if (!matchesAll(baseline.globalFilters(), version)) {
      return unapproved(
          Verdict.NOT_APPROVED, "the global filters of " + baseline.id() + " leave it out");
    }
    boolean onlySecurity =
        !isSecurity(version)
            && (names(baseline.approved(), version)
                || baseline.rules().stream().anyMatch(rule -> matchesAll(rule.filters(), version)));
    return unapproved(
        Verdict.NOT_APPROVED,
        onlySecurity
            ? baseline.id()
                + " takes security updates only, and no security archive or notice has it"
            : "no rule of " + baseline.id() + " matches it");
  }

  private static Approval unapproved(Verdict verdict, String why) {
    return new Approval(verdict, ComplianceLevel.UNSPECIFIED, Instant.EPOCH, why);
  }

  private List<Integer> matchingRules(OfferedVersion version) {
    List<Integer> matching = new ArrayList<>();
    if (matchesAll(baseline.globalFilters(), version)) {
      for (int index = 0; index < baseline.rules().size(); index++) {
        ApprovalRule rule = baseline.rules().get(index);
        if (matchesAll(rule.filters(), version) && family.takes(rule, version)) {
          matching.add(index);
        }
      }
    }
    return matching;
  }

  private boolean matchesAll(List<Filter> filters, OfferedVersion version) {
    return filters.stream().allMatch(filter -> family.matches(filter, product, version));
  }

  private boolean names(List<String> entries, OfferedVersion version) {
    return entries.stream().anyMatch(entry -> family.isNamedBy(entry, version));
  }

  private ComplianceLevel highestLevel(List<Integer> rules) {
    return rules.stream()
        .map(index -> baseline.rules().get(index).complianceLevel())
        .reduce(ComplianceLevel.UNSPECIFIED, Approvals::higher);
  }

  private static ComplianceLevel higher(ComplianceLevel one, ComplianceLevel other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}

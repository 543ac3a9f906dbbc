package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * The counters of SSM's InstancePatchState. A critical security patch counts as critical and as
 * security non-compliant.
 *
 * @param criticalNonCompliant non-compliant patches of compliance level CRITICAL
 * @param securityNonCompliant non-compliant patches from a security archive or notice, with those
 *     that wait for approval where the baseline says so
 * @param otherNonCompliant non-compliant patches that are neither
 */
public record PatchCounts(
    int installed,
    int installedOther,
    int installedPendingReboot,
    int installedRejected,
    int missing,
    int failed,
    int notApplicable,
    int availableSecurityUpdate,
    int criticalNonCompliant,
    int securityNonCompliant,
    int otherNonCompliant) {

  /** Counts statuses, none of which an update that waits for approval makes non-compliant. */
  public static PatchCounts of(Collection<PatchStatus> statuses) {
    return of(statuses, false);
  }

  /**
   * Counts statuses.
   *
   * @param availableNonCompliant whether security updates that wait for approval count as security
   *     non-compliant
   */
  public static PatchCounts of(Collection<PatchStatus> statuses, boolean availableNonCompliant) {
    int available = count(statuses, PatchState.AVAILABLE_SECURITY_UPDATE);
    return new PatchCounts(
        count(statuses, PatchState.INSTALLED),
        count(statuses, PatchState.INSTALLED_OTHER),
        count(statuses, PatchState.INSTALLED_PENDING_REBOOT),
        count(statuses, PatchState.INSTALLED_REJECTED),
        count(statuses, PatchState.MISSING),
        count(statuses, PatchState.FAILED),
        count(statuses, PatchState.NOT_APPLICABLE),
        available,
        nonCompliant(statuses, PatchCounts::isCritical),
        nonCompliant(statuses, PatchStatus::security) + (availableNonCompliant ? available : 0),
        nonCompliant(statuses, status -> !isCritical(status) && !status.security()));
  }

  /** Whether no patch is non-compliant, of whatever kind. */
  public boolean isCompliant() {
    return criticalNonCompliant + securityNonCompliant + otherNonCompliant == 0;
  }

  private static boolean isCritical(PatchStatus status) {
    return status.complianceLevel() == ComplianceLevel.CRITICAL;
  }

  private static int count(Collection<PatchStatus> statuses, PatchState state) {
    return (int) statuses.stream().filter(status -> status.state() == state).count();
  }

  private static int nonCompliant(Collection<PatchStatus> all, Predicate<PatchStatus> which) {
    return (int)
        all.stream().filter(status -> status.state().isNonCompliant()).filter(which).count();
  }
}

package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * The counters of SSM's InstancePatchState. A critical security patch counts as critical and as
 * security non-compliant.
 *
 * @param criticalNonCompliant non-compliant patches of compliance level CRITICAL
 * @param securityNonCompliant non-compliant patches from a security archive or notice
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

  /** Counts statuses. */
  public static PatchCounts of(Collection<PatchStatus> statuses) {
    return new PatchCounts(
        count(statuses, PatchState.INSTALLED),
        count(statuses, PatchState.INSTALLED_OTHER),
        count(statuses, PatchState.INSTALLED_PENDING_REBOOT),
        count(statuses, PatchState.INSTALLED_REJECTED),
        count(statuses, PatchState.MISSING),
        count(statuses, PatchState.FAILED),
        count(statuses, PatchState.NOT_APPLICABLE),
        count(statuses, PatchState.AVAILABLE_SECURITY_UPDATE),
        nonCompliant(statuses, PatchCounts::isCritical),
        nonCompliant(statuses, PatchStatus::security),
        nonCompliant(statuses, status -> !isCritical(status) && !status.security()));
  }

  /** Whether no patch is missing, failed, rejected or pending a reboot. */
  public boolean isCompliant() {
    return missing + failed + installedRejected + installedPendingReboot == 0;
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

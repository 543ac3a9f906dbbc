package dev.fleetmend.patching.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What became of one package in a transaction.
 *
 * @param fromVersion the version before, or null where it was not installed
 * @param toVersion the version meant to be there after, or null where it was to go
 * @param outcome one of {@link Outcome}
 * @param message what the package manager said, empty when all went well
 * @param revertible whether a rollback can bring the version before back
 * @param whyNotRevertible the reason where it can't, else empty
 */
public record PatchResult(
    String name,
    String arch,
    @Nullable String fromVersion,
    @Nullable String toVersion,
    Outcome outcome,
    String message,
    boolean revertible,
    String whyNotRevertible) {

  /** How a package stands after a transaction. */
  public enum Outcome {
    /** The version meant is wholly there. */
    DONE,
    /** The version before is wholly there: nothing was to be done, or the run was cancelled. */
    UNCHANGED,
    /** Tried, and neither the old nor the new version is wholly there, or the new one refused. */
    FAILED,
    /** Not tried, because of a hold, a quarantine, or a removal it would have needed. */
    REFUSED
  }
}

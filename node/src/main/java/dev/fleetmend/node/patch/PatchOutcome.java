package dev.fleetmend.node.patch;

import dev.fleetmend.patching.exchange.PatchRunSummary;
import org.jspecify.annotations.Nullable;

/**
 * How a patch run ended, or paused.
 *
 * @param exitCode 0 for success, {@link #REBOOT} to be called again after a reboot, anything else
 *     for failure
 * @param cancelled whether something was left undone because the run was to stop
 * @param summary what the server made of it, null where it was not reported
 */
public record PatchOutcome(
    int exitCode,
    String standardOutput,
    String standardError,
    boolean cancelled,
    @Nullable PatchRunSummary summary) {
  /** Asks for a reboot and another call with the same command. */
  public static final int REBOOT = 194;

  /** Of a run that nobody stopped. */
  public PatchOutcome(int exitCode, String standardOutput, String standardError) {
    this(exitCode, standardOutput, standardError, false, null);
  }

  /** Of a run that the server knows the end of. */
  PatchOutcome(int exitCode, String standardOutput, PatchRunSummary summary) {
    this(exitCode, standardOutput, "", false, summary);
  }

  /** Of a run that was stopped. */
  public static PatchOutcome cancelled(String standardOutput, String standardError) {
    return new PatchOutcome(1, standardOutput, standardError, true, null);
  }

  /** Of a run that was stopped before it did anything. */
  public static PatchOutcome cancelledAtOnce() {
    return cancelled("", "Cancelled before anything was changed.\n");
  }
}

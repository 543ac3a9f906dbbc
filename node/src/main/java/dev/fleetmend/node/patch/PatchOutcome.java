package dev.fleetmend.node.patch;

/**
 * How a patch run ended, or paused.
 *
 * @param exitCode 0 for success, {@link #REBOOT} to be called again after a reboot, anything else
 *     for failure
 * @param cancelled whether something was left undone because the run was to stop
 */
public record PatchOutcome(
    int exitCode, String standardOutput, String standardError, boolean cancelled) {
  /** Asks for a reboot and another call with the same command. */
  public static final int REBOOT = 194;

  /** Of a run that nobody stopped. */
  public PatchOutcome(int exitCode, String standardOutput, String standardError) {
    this(exitCode, standardOutput, standardError, false);
  }

  /** Of a run that was stopped before it did anything. */
  public static PatchOutcome cancelledAtOnce() {
    return new PatchOutcome(1, "", "Cancelled before anything was changed.\n", true);
  }
}

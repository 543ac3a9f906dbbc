package dev.fleetmend.node.patch;

/**
 * How a patch run ended, or paused.
 *
 * @param exitCode 0 for success, {@link #REBOOT} to be called again after a reboot, anything else
 *     for failure
 */
public record PatchOutcome(int exitCode, String standardOutput, String standardError) {
  /** Asks for a reboot and another call with the same command. */
  public static final int REBOOT = 194;
}

package dev.fleetmend.protocol.message;

import org.jspecify.annotations.Nullable;

/** How a step or a whole document stands, in an agent's words. */
public enum RunStatus {
  IN_PROGRESS("InProgress", false),
  /** Waits for a reboot, after which the same step runs again: nothing has ended. */
  SUCCESS_AND_REBOOT("SuccessAndReboot", false),
  SUCCESS("Success", true),
  FAILED("Failed", true),
  TIMED_OUT("TimedOut", true),
  CANCELLED("Cancelled", true),
  /** The step's precondition was false; counts as success. */
  SKIPPED("Skipped", true);

  private final String wireName;
  private final boolean terminal;

  RunStatus(String wireName, boolean terminal) {
    this.wireName = wireName;
    this.terminal = terminal;
  }

  /** The spelling in a reply. */
  public String wireName() {
    return wireName;
  }

  /** Whether nothing more will come after it. */
  public boolean terminal() {
    return terminal;
  }

  /** The status of that spelling, or null. */
  public static @Nullable RunStatus of(String wireName) {
    for (RunStatus status : values()) {
      if (status.wireName.equals(wireName)) {
        return status;
      }
    }
    return null;
  }
}

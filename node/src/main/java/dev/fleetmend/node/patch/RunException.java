package dev.fleetmend.node.patch;

import java.io.Serial;

/** A run that cannot be: what happened, what was not done, and what to do. */
final class RunException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final boolean refused;

  RunException(String message) {
    this(message, false);
  }

  /**
   * @param refused whether the server said no, and will again
   */
  RunException(String message, boolean refused) {
    super(message);
    this.refused = refused;
  }

  boolean refused() {
    return refused;
  }
}

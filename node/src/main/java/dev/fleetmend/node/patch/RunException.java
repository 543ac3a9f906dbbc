package dev.fleetmend.node.patch;

import java.io.Serial;

/** A run that cannot be: what happened, what was not done, and what to do. */
final class RunException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  RunException(String message) {
    super(message);
  }
}

package dev.fleetmend.node.manager;

import java.io.Serial;

/**
 * Another process held the package manager until the deadline. The message says what of, and names
 * it.
 */
public final class LockHeldException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public LockHeldException(String message) {
    super(message);
  }
}

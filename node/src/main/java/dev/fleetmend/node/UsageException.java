package dev.fleetmend.node;

import java.io.Serial;

/** A command line that says nothing that can be done. */
final class UsageException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}

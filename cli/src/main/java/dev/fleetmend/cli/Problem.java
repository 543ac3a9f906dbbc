package dev.fleetmend.cli;

import java.io.Serial;

/** A failure that its message explains wholly: what happened, what was not done, what to do. */
public class Problem extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;

  public Problem(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}

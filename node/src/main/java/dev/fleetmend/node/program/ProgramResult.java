package dev.fleetmend.node.program;

/** How a program ended and what it said. */
public record ProgramResult(int exitCode, String output, String errors) {
  /** Whether it exited with 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }
}

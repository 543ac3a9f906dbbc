package dev.fleetmend.node.program;

/** Waits for programs that must not be left in the middle. */
public final class Finish {
  private Finish() {}

  /** The exit code of a process, waited for whatever happens to this thread. */
  public static int of(Process process) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package dev.fleetmend.node.document;

import org.jspecify.annotations.Nullable;

/** Whether a command is to stop, and what stops the step that is running. */
public final class Cancellation {
  private boolean requested;
  private @Nullable Runnable stop;

  /** Asks the command to stop; said again, nothing more happens. */
  public synchronized void request() {
    if (!requested) {
      requested = true;
      if (stop != null) {
        stop.run();
      }
    }
  }

  synchronized boolean requested() {
    return requested;
  }

  /** Sets what a request does from now on; runs it at once where the request has come already. */
  synchronized void stopWith(Runnable action) {
    stop = action;
    if (requested) {
      action.run();
    }
  }

  synchronized void nothingToStop() {
    stop = null;
  }
}

package dev.fleetmend.node.patch;

import java.io.IOException;

/** Who watches a run: hears what it has to say before its end, and may have it stop. */
public interface RunWatch {
  /** Adds text to the command's output now, where the server can show it. */
  void said(String text) throws IOException;

  /** Whether the run is to stop before it changes anything more. */
  boolean stopped();

  /** Sets what is done at once when the run is to stop; where it is already, that is now. */
  void onStop(Runnable action);

  /** Nobody. */
  static RunWatch none() {
    return new RunWatch() {
      @Override
      public void said(String text) {}

      @Override
      public boolean stopped() {
        return false;
      }

      @Override
      public void onStop(Runnable action) {}
    };
  }
}

package dev.fleetmend.node;

import dev.fleetmend.node.patch.RunWatch;
import java.io.PrintStream;

/**
 * A patch run that a person started on the host: it says what it has to say, and ends by itself.
 */
record PrintingWatch(PrintStream out) implements RunWatch {
  @Override
  public void said(String text) {
    out.print(text);
    out.flush();
  }

  @Override
  public boolean stopped() {
    return false;
  }

  @Override
  public void onStop(Runnable action) {}
}

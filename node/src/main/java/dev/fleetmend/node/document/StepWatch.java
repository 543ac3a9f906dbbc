package dev.fleetmend.node.document;

import dev.fleetmend.node.patch.RunWatch;
import java.io.IOException;

/** A patch run as a step of a command: its words go out at once, a cancelled command stops it. */
record StepWatch(StepRun run) implements RunWatch {
  @Override
  public void said(String text) throws IOException {
    run.print(text, "");
    run.going().on();
  }

  @Override
  public boolean stopped() {
    return run.cancellation().requested();
  }

  @Override
  public void onStop(Runnable action) {
    run.cancellation().stopWith(action);
  }
}

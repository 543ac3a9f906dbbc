package dev.fleetmend.node.worker;

import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.patch.RunWatch;
import dev.fleetmend.node.state.HeldLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Lets one patch run at a time touch this node, whichever process it is in. */
public final class SerialPatchRun implements PatchRun {
  private static final long LOOK_AGAIN_MILLIS = 200;

  private final PatchRun inner;
  private final Path lock;
  private final Duration patience;

  /** With how long to wait for another run of this node to end. */
  public SerialPatchRun(PatchRun inner, Path state, Duration patience) {
    this.inner = inner;
    this.lock = lock(state);
    this.patience = patience;
  }

  /** The lock of whoever touches packages. */
  static Path lock(Path state) {
    return state.resolve("packages.lock");
  }

  @Override
  public PatchOutcome run(PatchCommand command, RunWatch watch) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      HeldLock mine = HeldLock.tryTake(lock);
      while (mine == null && !watch.stopped() && System.nanoTime() < end) {
        Thread.sleep(LOOK_AGAIN_MILLIS);
        mine = HeldLock.tryTake(lock);
      }
      if (mine == null && watch.stopped()) {
        return PatchOutcome.cancelledAtOnce();
      }
      if (mine == null) {
        return failed(
            HeldLock.holderOf(lock)
                + " is patching this node and did not end within "
                + patience.toSeconds()
                + " s. Nothing was changed; try again later.");
      }
      try {
        return inner.run(command, watch);
      } finally {
        mine.close();
      }
    } catch (IOException e) {
      return failed("This node's state folder cannot be used: " + e.getMessage());
    }
  }

  private static PatchOutcome failed(String why) {
    return new PatchOutcome(1, "", why + "\n");
  }
}

package dev.fleetmend.node.worker;

import dev.fleetmend.node.patch.Recovery;
import dev.fleetmend.node.state.HeldLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets recovery touch this node while no patch run does; it never waits for one. */
public final class SerialRecovery implements Recovery {
  private final Recovery inner;
  private final Path state;

  /**
   * @param state the agent's state folder; nothing is tried while it cannot be written to
   */
  public SerialRecovery(Recovery inner, Path state) {
    this.inner = inner;
    this.state = state;
  }

  @Override
  public Outcome run() throws IOException, InterruptedException {
    HeldLock mine = Files.isWritable(state) ? HeldLock.tryTake(SerialPatchRun.lock(state)) : null;
    if (mine == null) {
      return Outcome.NOTHING;
    }
    try {
      return inner.run();
    } finally {
      mine.close();
    }
  }
}

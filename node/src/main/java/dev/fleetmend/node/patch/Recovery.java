package dev.fleetmend.node.patch;

import java.io.IOException;

/**
 * Ends, unasked, what trouble with the host's disks kept a transaction from ending: packages that
 * it left neither old nor new. Begins nothing that has not changed the host yet.
 */
@FunctionalInterface
public interface Recovery {
  /** What a look came to. */
  enum Outcome {
    /** Nothing is to be done, or not yet: another run works, or a disk still takes no writes. */
    NOTHING,
    /** What was left in the middle is whole, and the server knows. */
    MENDED,
    /** It was tried, and some of it is still in the middle. */
    IN_VAIN
  }

  /** A node that is not to be changed. */
  static Recovery none() {
    return () -> Outcome.NOTHING;
  }

  /**
   * Looks once, and mends what can be. Returns at once where a run of this node is under way.
   *
   * @throws IOException when it could not be carried through; said again it is tried again
   */
  Outcome run() throws IOException, InterruptedException;
}

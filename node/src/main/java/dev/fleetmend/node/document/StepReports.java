package dev.fleetmend.node.document;

import dev.fleetmend.protocol.message.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Hears how a document goes on. */
interface StepReports {
  /** The time, ISO 8601 in UTC, as results have it. */
  String now();

  /**
   * A step has ended, or has said something that is worth knowing before.
   *
   * @param document where the document stands with it
   */
  void step(RunStatus document, Progress.Done step) throws IOException;

  /**
   * What a step has printed is whole, and is told of next.
   *
   * @param folder holds it
   */
  default void printed(String step, Path folder) throws IOException, InterruptedException {}

  /** All steps have ended. */
  void ended(RunStatus document, List<Progress.Done> steps) throws IOException;
}

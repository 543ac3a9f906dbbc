package dev.fleetmend.node.document;

import dev.fleetmend.protocol.message.RunStatus;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** A document inside of a step: what its steps say is the step's output. */
record InnerReports(StepRun outer, Clock clock) implements StepReports {
  @Override
  public String now() {
    return Replies.isoOf(clock.instant());
  }

  @Override
  public void step(RunStatus document, Progress.Done step) throws IOException {
    outer.going().on();
  }

  @Override
  public void ended(RunStatus document, List<Progress.Done> steps) {}
}

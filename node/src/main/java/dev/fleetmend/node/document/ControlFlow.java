package dev.fleetmend.node.document;

import dev.fleetmend.protocol.message.RunStatus;
import java.util.List;

/** What a step's end means for the steps after it and for the document. */
final class ControlFlow {
  private ControlFlow() {}

  /** A failed step that says {@code onFailure: successAndExit} counts as a success. */
  static StepEnd settled(Step step, StepEnd end) {
    return failed(end) && step.text("onFailure").equals("successAndExit")
        ? new StepEnd(RunStatus.SUCCESS, end.code())
        : end;
  }

  /** Why the steps after this one are left out, or empty where they run. */
  static String whyStop(Step step, StepEnd end) {
    String onFailure = step.text("onFailure");
    boolean exitsOnFailure =
        (onFailure.equals("exit") && failed(end))
            || (onFailure.equals("successAndExit") && end.code() != 0);
    boolean exitsOnSuccess =
        end.status() == RunStatus.SUCCESS && step.text("onSuccess").equals("exit");
    return end.stopsTheDocument() || exitsOnFailure || exitsOnSuccess
        ? "step " + step.key() + " ended the document"
        : "";
  }

  static RunStatus documentStatus(List<Progress.Done> steps) {
    for (RunStatus worst : List.of(RunStatus.FAILED, RunStatus.TIMED_OUT, RunStatus.CANCELLED)) {
      if (steps.stream().anyMatch(step -> step.result().status().equals(worst.wireName()))) {
        return worst;
      }
    }
    return RunStatus.SUCCESS;
  }

  private static boolean failed(StepEnd end) {
    return end.status() == RunStatus.FAILED || end.status() == RunStatus.TIMED_OUT;
  }
}

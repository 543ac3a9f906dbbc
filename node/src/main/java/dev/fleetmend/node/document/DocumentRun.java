package dev.fleetmend.node.document;

import dev.fleetmend.node.document.Progress.Done;
import dev.fleetmend.node.document.Progress.Running;
import dev.fleetmend.protocol.message.RunStatus;
import dev.fleetmend.protocol.message.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A document of a command, or one inside of it, run from where its progress stands. */
final class DocumentRun {
  /** After so many reboots of one command something is wrong with it. */
  static final int MOST_REBOOTS = 10;

  private static final int KILLED = 137;

  private final CommandFolder folder;
  private final List<Step> steps;
  private final Actions actions;
  private final StepReports replies;
  private final Map<String, String> environment;
  private final Cancellation cancellation;
  private final Outputs outputs;
  private Progress progress;

  /** Which action carries out a step. */
  interface Actions {
    /** What does a step, by where it is in its document, from 0. */
    StepAction of(Step step, int index);
  }

  /** Where the output of a step lies. */
  interface Outputs {
    /** The folder of the output, by the step's own folder. */
    Path of(Path stepFolder);
  }

  DocumentRun(
      CommandFolder folder,
      List<Step> steps,
      Actions actions,
      StepReports replies,
      Map<String, String> environment,
      Cancellation cancellation,
      Outputs outputs)
      throws IOException {
    this.folder = folder;
    this.steps = steps;
    this.actions = actions;
    this.replies = replies;
    this.environment = environment;
    this.cancellation = cancellation;
    this.outputs = outputs;
    this.progress = folder.progress();
  }

  /**
   * Runs what is left.
   *
   * @param bootId the boot that the host is in
   * @return the final status, or SuccessAndReboot when the host is to be rebooted first
   */
  RunStatus run(String bootId) throws IOException, InterruptedException {
    if (!progress.bootId().isEmpty() && progress.bootId().equals(bootId)) {
      return RunStatus.SUCCESS_AND_REBOOT;
    }
    for (Done done : progress.done()) {
      replies.step(RunStatus.IN_PROGRESS, done);
    }
    while (progress.done().size() < steps.size()) {
      Step step = steps.get(progress.done().size());
      StepEnd end = runStep(step);
      if (end.status() == RunStatus.SUCCESS_AND_REBOOT) {
        if (progress.reboots() < MOST_REBOOTS) {
          keep(progress.rebooting(bootId));
          replies.step(RunStatus.SUCCESS_AND_REBOOT, new Done(step.key(), result(step, end)));
          return RunStatus.SUCCESS_AND_REBOOT;
        }
        print(step, "asked for a reboot more than " + MOST_REBOOTS + " times; not done again\n");
        end = new StepEnd(RunStatus.FAILED, end.code());
      }
      end = ControlFlow.settled(step, end);
      replies.printed(step.key(), folder.stepFolder(progress.done().size()));
      Done done = new Done(step.key(), result(step, end));
      String stopped =
          progress.stopped().isEmpty() ? ControlFlow.whyStop(step, end) : progress.stopped();
      keep(progress.finished(done, stopped));
      replies.step(RunStatus.IN_PROGRESS, done);
    }
    RunStatus status = ControlFlow.documentStatus(progress.done());
    replies.ended(status, progress.done());
    keep(progress.ended(status.wireName()));
    return status;
  }

  /** Ends the command where a reboot that it needs can't be had. */
  void rebootFailed(String why) throws IOException {
    Step step = steps.get(progress.done().size());
    print(step, why + "\n");
    Done done = new Done(step.key(), result(step, new StepEnd(RunStatus.FAILED, 194)));
    keep(progress.finished(done, why));
    replies.ended(RunStatus.FAILED, progress.done());
    keep(progress.ended(RunStatus.FAILED.wireName()));
  }

  private StepEnd runStep(Step step) throws IOException, InterruptedException {
    StepAction action = actions.of(step, progress.done().size());
    Running interrupted = progress.running();
    if (interrupted != null && progress.bootId().isEmpty() && !action.resumes()) {
      new ProcessGroup.Leader(interrupted.pid(), interrupted.pidStartedAt()).killLeftOver();
      print(step, "The agent was restarted while this step ran; it was not run again.\n");
      return new StepEnd(RunStatus.FAILED, KILLED);
    }
    String startedAt = interrupted == null ? replies.now() : interrupted.startedAt();
    keep(progress.begun(new Running(startedAt, 0, 0)));
    if (cancellation.requested()) {
      return new StepEnd(RunStatus.CANCELLED, 1);
    }
    if (!step.applies() || (!progress.stopped().isEmpty() && !runsAnyway(step))) {
      return new StepEnd(RunStatus.SKIPPED, 0);
    }
    Path stepFolder = folder.stepFolder(progress.done().size());
    return action.run(
        new StepRun(
            step,
            stepFolder,
            outputs.of(stepFolder),
            environment,
            cancellation,
            leader ->
                keep(
                    progress.begun(new Running(startedAt, leader.pid(), leader.startedAtMillis()))),
            () -> replies.step(RunStatus.IN_PROGRESS, new Done(step.key(), soFar(step)))));
  }

  /** {@code finallyStep} counts in a document's last step only, as with the stock agent. */
  private boolean runsAnyway(Step step) {
    return step.isFinally() && progress.done().size() == steps.size() - 1;
  }

  private void print(Step step, String text) throws IOException {
    Path stepFolder = folder.stepFolder(progress.done().size());
    new StepRun(
            step,
            stepFolder,
            outputs.of(stepFolder),
            environment,
            cancellation,
            leader -> {},
            () -> {})
        .print("", text);
  }

  private StepResult result(Step step, StepEnd end) throws IOException {
    return result(step, end, replies.now());
  }

  private StepResult soFar(Step step) throws IOException {
    return result(step, new StepEnd(RunStatus.IN_PROGRESS, 0), "");
  }

  private StepResult result(Step step, StepEnd end, String endedAt) throws IOException {
    Path stepFolder = folder.stepFolder(progress.done().size());
    String out = OutputFile.read(stepFolder.resolve("stdout"));
    String err = OutputFile.read(stepFolder.resolve("stderr"));
    String startedAt = Objects.requireNonNull(progress.running()).startedAt();
    return new StepResult(
        end.status().wireName(),
        end.code(),
        step.action(),
        OutputFile.join(out, err),
        startedAt,
        endedAt,
        "",
        "",
        "",
        out,
        err);
  }

  private void keep(Progress now) throws IOException {
    folder.keep(now);
    progress = now;
  }
}

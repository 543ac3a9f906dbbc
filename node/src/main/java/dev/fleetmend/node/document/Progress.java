package dev.fleetmend.node.document;

import dev.fleetmend.protocol.message.StepResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a command has come, as it stands on disk before anything more is done.
 *
 * @param done the results of the steps that have ended, in order
 * @param running the step that has begun, or null
 * @param bootId the boot in which a reboot was asked for, or empty
 * @param reboots how often one was asked for
 * @param stopped why the steps that are left are skipped, or empty
 * @param ended the final status, or empty
 */
record Progress(
    List<Done> done,
    @Nullable Running running,
    String bootId,
    int reboots,
    String stopped,
    String ended) {
  Progress {
    done = List.copyOf(done);
  }

  /** A step's result and what it is filed under. */
  record Done(String key, StepResult result) {}

  /**
   * A step that has begun.
   *
   * @param startedAt ISO 8601, UTC
   * @param pid its process, 0 before there is one
   * @param pidStartedAt when that process started, epoch milliseconds
   */
  record Running(String startedAt, long pid, long pidStartedAt) {}

  static Progress none() {
    return new Progress(List.of(), null, "", 0, "", "");
  }

  Progress begun(Running step) {
    return new Progress(done, step, "", reboots, stopped, ended);
  }

  Progress finished(Done step, String why) {
    List<Done> more = new ArrayList<>(done);
    more.add(step);
    return new Progress(more, null, "", reboots, why, ended);
  }

  Progress rebooting(String inBoot) {
    return new Progress(done, running, inBoot, reboots + 1, stopped, ended);
  }

  Progress ended(String status) {
    return new Progress(done, null, "", reboots, stopped, status);
  }
}

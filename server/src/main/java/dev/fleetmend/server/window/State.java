package dev.fleetmend.server.window;

import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.CANCELLED;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.FAILED;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.PENDING;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.SUCCESS;
import static software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus.TIMED_OUT;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus;

/** How an execution, one of its tasks or one of their invocations stands. */
record State(
    MaintenanceWindowExecutionStatus status,
    @Nullable String details,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {
  private static final int MOST_DETAILS = 250;

  static State pending() {
    return new State(PENDING, null, null, null);
  }

  State begun(Instant now) {
    return new State(MaintenanceWindowExecutionStatus.IN_PROGRESS, null, now, null);
  }

  State cancelling() {
    return new State(MaintenanceWindowExecutionStatus.CANCELLING, details, startedAt, null);
  }

  State over(MaintenanceWindowExecutionStatus end, @Nullable String why, Instant now) {
    String text = why != null && why.length() > MOST_DETAILS ? why.substring(0, MOST_DETAILS) : why;
    return new State(end, text, startedAt, now);
  }

  /** The end that follows from those of the parts. */
  State over(List<State> parts, Instant now) {
    for (MaintenanceWindowExecutionStatus end : List.of(FAILED, TIMED_OUT, CANCELLED)) {
      for (State part : parts) {
        if (part.is(end)) {
          return over(
              end,
              end == FAILED ? "One or more tasks in the orchestration failed." : part.details(),
              now);
        }
      }
    }
    return over(SUCCESS, "Success", now);
  }

  boolean is(MaintenanceWindowExecutionStatus other) {
    return status == other;
  }

  boolean ended() {
    return endedAt != null;
  }
}

package dev.fleetmend.server.window;

import dev.fleetmend.server.window.schedule.Schedule;
import dev.fleetmend.server.window.schedule.ScheduleText;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowResponse;

/**
 * A maintenance window as it is kept.
 *
 * @param document as GetMaintenanceWindow shows it, without the next execution time
 * @param phase since when a rate counts
 * @param nextStart null where there will be none
 */
record Window(GetMaintenanceWindowResponse document, Instant phase, @Nullable Instant nextStart) {
  String id() {
    return document.windowId();
  }

  Schedule schedule() {
    return Schedule.parse(
        new ScheduleText(
            document.schedule(),
            document.scheduleTimezone(),
            document.scheduleOffset(),
            document.startDate(),
            document.endDate()),
        phase);
  }

  /** With its next start after now; with none while it is disabled. */
  Window planned(Instant now) {
    return starting(document.enabled() ? schedule().first(now).orElse(null) : null);
  }

  Window starting(@Nullable Instant next) {
    return new Window(document, phase, next);
  }

  /** From this long after a start on nothing more is started. */
  Duration untilCutoff() {
    return Duration.ofHours((long) document.duration() - document.cutoff());
  }

  GetMaintenanceWindowResponse shown() {
    return nextStart == null
        ? document
        : document.toBuilder().nextExecutionTime(Schedule.text(nextStart)).build();
  }

  String pageKey() {
    return PageKeys.ascending(document.createdDate().toEpochMilli(), id());
  }
}

package dev.fleetmend.server.window;

import dev.fleetmend.server.window.schedule.ScheduleException;
import java.time.Instant;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowResponse;

/** What the service model can't say about a window. */
final class WindowChecks {
  private WindowChecks() {}

  /** Refuses, with a ValidationException, a window whose parts don't fit together. */
  static void check(GetMaintenanceWindowResponse window, Instant now) {
    if (window.cutoff() >= window.duration()) {
      throw Refusals.validation("Cutoff must be less than Duration.");
    }
    try {
      new Window(window, now, null).schedule();
    } catch (ScheduleException e) {
      throw Refusals.validation(String.valueOf(e.getMessage()));
    }
  }
}

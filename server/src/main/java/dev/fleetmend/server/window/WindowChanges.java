package dev.fleetmend.server.window;

import dev.fleetmend.api.Structures;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.UpdateMaintenanceWindowRequest;

/** What UpdateMaintenanceWindow makes of a window. */
final class WindowChanges {
  private WindowChanges() {}

  /**
   * The window with what the request gives. What it leaves out stays; with Replace it is cleared,
   * except whether the window is enabled, and what a window can't be without must be given.
   */
  static GetMaintenanceWindowResponse applied(
      GetMaintenanceWindowResponse old, UpdateMaintenanceWindowRequest request, Instant now) {
    GetMaintenanceWindowResponse.Builder base = old.toBuilder();
    if (Boolean.TRUE.equals(request.replace())) {
      Refusals.require("Name", request.name());
      Refusals.require("Schedule", request.schedule());
      Refusals.require("Duration", request.duration());
      Refusals.require("Cutoff", request.cutoff());
      Refusals.require("AllowUnassociatedTargets", request.allowUnassociatedTargets());
      base =
          GetMaintenanceWindowResponse.builder()
              .createdDate(old.createdDate())
              .enabled(old.enabled());
    }
    return withoutEmptyDates(Structures.copy(request, base).modifiedDate(now).build());
  }

  /** An empty text is how a date is cleared. */
  static GetMaintenanceWindowResponse withoutEmptyDates(GetMaintenanceWindowResponse window) {
    return window.toBuilder()
        .startDate(emptyIsNone(window.startDate()))
        .endDate(emptyIsNone(window.endDate()))
        .build();
  }

  /** Whether the starts of one are not those of the other. */
  static boolean reschedule(GetMaintenanceWindowResponse a, GetMaintenanceWindowResponse b) {
    return Stream.<Function<GetMaintenanceWindowResponse, @Nullable Object>>of(
            GetMaintenanceWindowResponse::schedule,
            GetMaintenanceWindowResponse::scheduleTimezone,
            GetMaintenanceWindowResponse::scheduleOffset,
            GetMaintenanceWindowResponse::startDate,
            GetMaintenanceWindowResponse::endDate)
        .anyMatch(part -> !Objects.equals(part.apply(a), part.apply(b)));
  }

  private static @Nullable String emptyIsNone(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}

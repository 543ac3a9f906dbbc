package dev.fleetmend.server.window.schedule;

import org.jspecify.annotations.Nullable;

/**
 * A schedule as the user gave it.
 *
 * @param timezone IANA name, UTC without one
 * @param offsetDays how many days after the date that a cron expression names
 * @param startDate ISO 8601: no start before it
 * @param endDate ISO 8601: no start after it
 */
public record ScheduleText(
    String expression,
    @Nullable String timezone,
    @Nullable Integer offsetDays,
    @Nullable String startDate,
    @Nullable String endDate) {

  /** A schedule in UTC without offset or active dates. */
  public static ScheduleText of(String expression) {
    return new ScheduleText(expression, null, null, null, null);
  }
}

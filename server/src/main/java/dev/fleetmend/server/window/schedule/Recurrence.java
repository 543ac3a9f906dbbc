package dev.fleetmend.server.window.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The starts that an expression names, without regard to active dates. */
sealed interface Recurrence permits CronRecurrence, RateRecurrence, AtRecurrence {
  /** The first start of a schedule that begins to count at this instant, after it. */
  @Nullable Instant first(Instant now);

  /** The earliest start later than this instant. */
  @Nullable Instant after(Instant instant);
}

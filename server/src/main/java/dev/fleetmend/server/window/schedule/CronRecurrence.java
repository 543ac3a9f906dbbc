package dev.fleetmend.server.window.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * The instants at which local times that a cron expression names come round, each moved by a number
 * of days. A local time in the gap of a clock change runs as much later as the clock was put
 * forward; one that comes twice runs the first time only.
 */
record CronRecurrence(Cron cron, ZoneId zone, int offsetDays) implements Recurrence {

  @Override
  public @Nullable Instant first(Instant now) {
    if (offsetDays == 0) {
      return after(now);
    }
    LocalDateTime base = cron.next(local(now));
    while (base != null && !instant(base).isAfter(now)) {
      base = cron.next(base);
    }
    return base == null ? null : instant(base.plusDays(offsetDays));
  }

  @Override
  public @Nullable Instant after(Instant instant) {
    LocalDateTime base = cron.next(searchFrom(instant).minusDays(offsetDays));
    while (base != null && !instant(base.plusDays(offsetDays)).isAfter(instant)) {
      base = cron.next(base);
    }
    return base == null ? null : earliest(base, instant);
  }

  /** Times in a gap are put behind times after it, so a later local time may come first. */
  private Instant earliest(LocalDateTime base, Instant after) {
    Instant found = instant(base.plusDays(offsetDays));
    LocalDateTime end = local(found).minusDays(offsetDays);
    for (LocalDateTime next = cron.next(base);
        next != null && next.isBefore(end);
        next = cron.next(next)) {
      Instant other = instant(next.plusDays(offsetDays));
      found = other.isBefore(found) && other.isAfter(after) ? other : found;
    }
    return found;
  }

  private LocalDateTime searchFrom(Instant instant) {
    LocalDateTime from = local(instant);
    ZoneOffsetTransition last = zone.getRules().previousTransition(instant.plusNanos(1));
    boolean justAfterGap =
        last != null
            && last.isGap()
            && Duration.between(last.getInstant(), instant).compareTo(last.getDuration()) < 0;
    return justAfterGap ? from.minus(last.getDuration()) : from;
  }

  private LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  private Instant instant(LocalDateTime local) {
    return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}

package dev.fleetmend.server.document.calendar;

import biweekly.component.VEvent;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * An event, which lasts equally long each time.
 *
 * @param zone in which it repeats
 * @param moved starts that another event has taken the place of
 */
record CalendarEvent(VEvent event, TimeZone zone, Duration length, Set<Instant> moved) {
  /** Whether it goes on at a moment: from its start on, and no more at its end. */
  boolean covers(Instant moment) {
    Instant start = firstNotOverAt(moment);
    return start != null && !start.isAfter(moment);
  }

  /** When it begins or ends next after a moment; null for never. */
  @Nullable Instant changesAfter(Instant moment) {
    Instant start = firstNotOverAt(moment);
    if (start == null || start.isAfter(moment)) {
      return start;
    }
    Instant end = start.plus(length);
    Instant next = startFrom(moment.plusMillis(1));
    return next != null && next.isBefore(end) ? next : end;
  }

  private @Nullable Instant firstNotOverAt(Instant moment) {
    return startFrom(moment.minus(length).plusMillis(1));
  }

  private @Nullable Instant startFrom(Instant earliest) {
    DateIterator starts = event.getDateIterator(zone);
    starts.advanceTo(Date.from(earliest));
    while (starts.hasNext()) {
      Instant start = starts.next().toInstant();
      if (!start.isBefore(earliest) && !moved.contains(start)) {
        return start;
      }
    }
    return null;
  }
}

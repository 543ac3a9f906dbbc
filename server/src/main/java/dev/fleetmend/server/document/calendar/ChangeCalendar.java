package dev.fleetmend.server.document.calendar;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A calendar that opens or closes: DEFAULT_OPEN is closed during its events, DEFAULT_CLOSED open.
 */
public final class ChangeCalendar {
  private final boolean openByDefault;
  private final List<CalendarEvent> events;

  ChangeCalendar(boolean openByDefault, List<CalendarEvent> events) {
    this.openByDefault = openByDefault;
    this.events = List.copyOf(events);
  }

  public boolean isOpenAt(Instant moment) {
    return events.stream().anyMatch(event -> event.covers(moment)) != openByDefault;
  }

  /** When an event begins or ends next after a moment; null for never. */
  public @Nullable Instant changesAfter(Instant moment) {
    Instant earliest = null;
    for (CalendarEvent event : events) {
      Instant change = event.changesAfter(moment);
      if (change != null && (earliest == null || change.isBefore(earliest))) {
        earliest = change;
      }
    }
    return earliest;
  }
}

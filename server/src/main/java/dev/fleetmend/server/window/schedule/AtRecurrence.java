package dev.fleetmend.server.window.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/** {@code at(yyyy-MM-ddTHH:mm:ss)}: once. */
record AtRecurrence(Instant at) implements Recurrence {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss]")
          .withResolverStyle(ResolverStyle.STRICT);

  static AtRecurrence parse(String text, ZoneId zone) {
    try {
      return new AtRecurrence(LocalDateTime.parse(text, FORMAT).atZone(zone).toInstant());
    } catch (DateTimeParseException e) {
      throw new ScheduleException(
          "at(" + text + ") is not a time of the form at(yyyy-MM-ddTHH:mm:ss)");
    }
  }

  @Override
  public @Nullable Instant first(Instant now) {
    return after(now);
  }

  @Override
  public @Nullable Instant after(Instant instant) {
    return at.isAfter(instant) ? at : null;
  }
}

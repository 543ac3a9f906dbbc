package dev.fleetmend.server.window.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Reads dates in ISO 8601 text, with an offset or, without one, in UTC. */
public final class DateText {
  private DateText() {}

  /**
   * The instant that a text names.
   *
   * @throws ScheduleException when the text is no date between the years 1970 and 9999
   */
  public static Instant parse(String text) {
    try {
      Instant instant = text.contains("T") ? time(text) : date(text);
      if (instant.isBefore(Instant.EPOCH) || instant.toEpochMilli() > 253_402_300_799_999L) {
        throw unreadable(text);
      }
      return instant;
    } catch (DateTimeException | ArithmeticException e) {
      throw unreadable(text);
    }
  }

  private static Instant time(String text) {
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
    return time instanceof ZonedDateTime zoned
        ? zoned.toInstant()
        : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
  }

  private static Instant date(String text) {
    return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static ScheduleException unreadable(String text) {
    return new ScheduleException("'" + text + "' is not a date in ISO 8601 format");
  }
}

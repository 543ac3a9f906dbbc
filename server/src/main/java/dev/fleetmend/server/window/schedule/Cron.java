package dev.fleetmend.server.window.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.BitSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The local times that a cron expression names. */
final class Cron {
  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet months;
  private final BitSet years;
  private final Predicate<LocalDate> day;

  /** Values are as written in the expression; {@code day} judges dates of the months given. */
  Cron(
      BitSet seconds,
      BitSet minutes,
      BitSet hours,
      Predicate<LocalDate> day,
      BitSet months,
      BitSet years) {
    this.seconds = seconds;
    this.minutes = minutes;
    this.hours = hours;
    this.day = day;
    this.months = months;
    this.years = years;
  }

  /** The earliest named time later than this one; null when there is none up to the year 2199. */
  @Nullable LocalDateTime next(LocalDateTime after) {
    LocalDateTime from = after.withNano(0).plusSeconds(1);
    LocalDate date = from.toLocalDate();
    if (named(date)) {
      LocalTime time = time(from.toLocalTime());
      if (time != null) {
        return date.atTime(time);
      }
    }
    LocalDate next = nextDate(date.plusDays(1));
    LocalTime first = time(LocalTime.MIDNIGHT);
    return next == null || first == null ? null : next.atTime(first);
  }

  private boolean named(LocalDate date) {
    return years.get(Math.max(0, date.getYear()))
        && months.get(date.getMonthValue())
        && day.test(date);
  }

  private @Nullable LocalDate nextDate(LocalDate from) {
    LocalDate date = from;
    while (true) {
      int year = years.nextSetBit(Math.max(0, date.getYear()));
      if (year < 0) {
        return null;
      }
      date = year > date.getYear() ? LocalDate.of(year, 1, 1) : date;
      int month = months.nextSetBit(date.getMonthValue());
      if (month < 0) {
        date = LocalDate.of(year + 1, 1, 1);
      } else if (month > date.getMonthValue()) {
        date = LocalDate.of(year, month, 1);
      } else if (day.test(date)) {
        return date;
      } else {
        date = date.plusDays(1);
      }
    }
  }

  private @Nullable LocalTime time(LocalTime from) {
    int hour = hours.nextSetBit(from.getHour());
    if (hour < 0) {
      return null;
    }
    if (hour > from.getHour()) {
      return LocalTime.of(hour, minutes.nextSetBit(0), seconds.nextSetBit(0));
    }
    int minute = minutes.nextSetBit(from.getMinute());
    if (minute > from.getMinute()) {
      return LocalTime.of(hour, minute, seconds.nextSetBit(0));
    }
    int second = minute < 0 ? -1 : seconds.nextSetBit(from.getSecond());
    if (second >= 0) {
      return LocalTime.of(hour, minute, second);
    }
    LocalTime nextMinute = from.withSecond(0).plusMinutes(1);
    return nextMinute.equals(LocalTime.MIDNIGHT) ? null : time(nextMinute);
  }
}

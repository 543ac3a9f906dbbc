package dev.fleetmend.server.document.calendar;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.io.text.ICalReader;
import biweekly.property.RawProperty;
import biweekly.property.RecurrenceRule;
import biweekly.property.Uid;
import biweekly.util.Frequency;
import biweekly.util.Recurrence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;

/**
 * Reads a change calendar's iCalendar text (RFC 5545). What has no zone is in UTC. Bounds keep a
 * question about a moment short: {@value #MOST_EVENTS} events, none before 1970, none more often
 * than hourly, none counted beyond {@value #MOST_REPEATS}.
 */
public final class CalendarText {
  private static final String TYPE = "X-CALENDAR-TYPE";
  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

  /** The library's code of: no VTIMEZONE, but an ID that Java knows. */
  private static final Integer ZONE_BY_NAME = 37;

  private static final int MOST_EVENTS = 500;
  private static final int MOST_REPEATS = 10_000;
  private static final Set<Frequency> TOO_OFTEN = Set.of(Frequency.SECONDLY, Frequency.MINUTELY);

  private final ICalendar calendar;
  private final Map<String, Set<Instant>> moved = new HashMap<>();

  private CalendarText(ICalendar calendar) {
    this.calendar = calendar;
  }

  /** Why a text is no change calendar. */
  public static final class NoCalendarException extends Exception {
    private static final long serialVersionUID = 1L;

    NoCalendarException(String message) {
      super(message);
    }
  }

  /**
   * The calendar.
   *
   * @throws NoCalendarException where it is none, or goes beyond the bounds
   */
  public static ChangeCalendar read(String text) throws NoCalendarException {
    try (ICalReader reader = new ICalReader(text)) {
      reader.setDefaultTimezone(UTC);
      ICalendar calendar = reader.readNext();
      if (calendar == null) {
        throw new NoCalendarException("it has no BEGIN:VCALENDAR");
      }
      for (ParseWarning warning : reader.getWarnings()) {
        if (!Objects.equals(warning.getCode(), ZONE_BY_NAME)) {
          throw new NoCalendarException(warning.toString());
        }
      }
      return new CalendarText(calendar).read();
    } catch (IOException | RuntimeException e) {
      // The library throws unchecked where a text makes no sense to it.
      throw new NoCalendarException(String.valueOf(e.getMessage()));
    }
  }

  private ChangeCalendar read() throws NoCalendarException {
    List<VEvent> events = calendar.getEvents();
    if (events.size() > MOST_EVENTS) {
      throw new NoCalendarException("it has more than " + MOST_EVENTS + " events");
    }
    for (VEvent event : events) {
      if (event.getRecurrenceId() != null) {
        moved
            .computeIfAbsent(uid(event), uid -> new HashSet<>())
            .add(event.getRecurrenceId().getValue().toInstant());
      }
    }
    List<CalendarEvent> read = new ArrayList<>();
    for (VEvent event : events) {
      CalendarEvent one = event(event);
      if (event.getStatus() == null || !event.getStatus().isCancelled()) {
        read.add(one);
      }
    }
    return new ChangeCalendar(openByDefault(), read);
  }

  private boolean openByDefault() throws NoCalendarException {
    RawProperty type = calendar.getExperimentalProperty(TYPE);
    String value = type == null ? "" : type.getValue();
    return switch (value) {
      case "DEFAULT_OPEN" -> true;
      case "DEFAULT_CLOSED" -> false;
      default -> throw new NoCalendarException(TYPE + " must be DEFAULT_OPEN or DEFAULT_CLOSED");
    };
  }

  private CalendarEvent event(VEvent event) throws NoCalendarException {
    if (event.getDateStart() == null || event.getDateStart().getValue() == null) {
      throw new NoCalendarException("an event has no DTSTART");
    }
    Instant start = event.getDateStart().getValue().toInstant();
    if (start.isBefore(Instant.EPOCH)) {
      throw new NoCalendarException("an event begins before 1970");
    }
    Collection<RecurrenceRule> rules = event.getProperties(RecurrenceRule.class);
    for (RecurrenceRule rule : rules) {
      check(rule.getValue());
    }
    Duration length = length(event, start);
    if (length.isNegative()) {
      throw new NoCalendarException("an event ends before it begins");
    }
    Set<Instant> elsewhere =
        event.getRecurrenceId() == null ? moved.getOrDefault(uid(event), Set.of()) : Set.of();
    return new CalendarEvent(event, zone(event), length, elsewhere);
  }

  private static void check(Recurrence rule) throws NoCalendarException {
    boolean often =
        TOO_OFTEN.contains(rule.getFrequency())
            || !rule.getBySecond().isEmpty()
            || !rule.getByMinute().isEmpty();
    Integer count = rule.getCount();
    if (often || (count != null && count > MOST_REPEATS)) {
      throw new NoCalendarException(
          "an event repeats more often than hourly, or more than " + MOST_REPEATS + " times");
    }
    boolean sound =
        (rule.getInterval() == null || rule.getInterval() >= 1)
            && (count == null || count >= 1)
            && within(rule.getByHour(), 0, 23)
            && within(rule.getByMonth(), 1, 12)
            && within(magnitudes(rule.getByMonthDay()), 1, 31)
            && within(magnitudes(rule.getByYearDay()), 1, 366)
            && within(magnitudes(rule.getByWeekNo()), 1, 53)
            && within(magnitudes(rule.getBySetPos()), 1, 366)
            && rule.getByDay().stream()
                .allMatch(
                    day ->
                        day.getNum() == null || within(magnitudes(List.of(day.getNum())), 1, 53));
    if (!sound) {
      throw new NoCalendarException("a number of an RRULE is out of its range in RFC 5545");
    }
  }

  private static List<Integer> magnitudes(List<Integer> numbers) {
    return numbers.stream().map(Math::abs).toList();
  }

  private static boolean within(List<Integer> numbers, int least, int most) {
    return numbers.stream().allMatch(number -> number >= least && number <= most);
  }

  private static Duration length(VEvent event, Instant start) {
    if (event.getDateEnd() != null) {
      return Duration.between(start, event.getDateEnd().getValue().toInstant());
    }
    if (event.getDuration() != null) {
      return Duration.ofMillis(event.getDuration().getValue().toMillis());
    }
    return event.getDateStart().getValue().hasTime() ? Duration.ZERO : Duration.ofDays(1);
  }

  private TimeZone zone(VEvent event) {
    TimezoneInfo zones = calendar.getTimezoneInfo();
    TimezoneAssignment zone = zones.getTimezone(event.getDateStart());
    return zone == null || zones.isFloating(event.getDateStart()) ? UTC : zone.getTimeZone();
  }

  private static String uid(VEvent event) {
    Uid uid = event.getUid();
    return uid == null ? "" : String.valueOf(uid.getValue());
  }
}

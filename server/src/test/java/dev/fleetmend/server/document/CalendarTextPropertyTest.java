package dev.fleetmend.server.document;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fleetmend.server.document.calendar.CalendarText;
import dev.fleetmend.server.document.calendar.ChangeCalendar;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CalendarTextPropertyTest {
  private static final List<String> LINES =
      List.of(
          "BEGIN:VCALENDAR",
          "END:VCALENDAR",
          "BEGIN:VEVENT",
          "END:VEVENT",
          "BEGIN:VTIMEZONE",
          "END:VTIMEZONE",
          "TZID:Here",
          "X-CALENDAR-TYPE:DEFAULT_OPEN",
          "DTSTART:20261102T100000Z",
          "DTSTART;TZID=Here:20261102T100000",
          "DTSTART;VALUE=DATE:20261102",
          "DTSTART:99991231T235959Z",
          "DTEND:20261103T100000Z",
          "DURATION:-P1D",
          "RRULE:FREQ=DAILY;INTERVAL=0",
          "RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=9MO",
          "RRULE:FREQ=HOURLY;COUNT=9999;BYSETPOS=-366",
          "RRULE:FREQ=MONTHLY;UNTIL=20250101T000000Z",
          "RDATE;VALUE=PERIOD:20261102T100000Z/PT1H",
          "EXDATE:20261102T100000Z",
          "RECURRENCE-ID:20261102T100000Z",
          "STATUS:CANCELLED",
          " folded",
          ":",
          "\u0000;=:");

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, Arbitraries.of(LINES)),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(30)))
        .list()
        .ofMaxSize(20);
  }

  @Property(tries = 2_000)
  void anyTextIsACalendarThatAnswersOrIsRefused(@ForAll("lines") List<String> lines) {
    String event =
        "BEGIN:VCALENDAR\nX-CALENDAR-TYPE:DEFAULT_CLOSED\nBEGIN:VEVENT\n"
            + String.join("\n", lines)
            + "\nEND:VEVENT\nEND:VCALENDAR";
    assertThatCode(() -> ask(event)).doesNotThrowAnyException();
    assertThatCode(() -> ask(String.join("\n", lines))).doesNotThrowAnyException();
  }

  private static void ask(String text) {
    try {
      ChangeCalendar calendar = CalendarText.read(text);
      Instant at = Instant.parse("2026-11-02T10:00:00Z");
      for (int i = 0; at != null && i < 5; i++) {
        boolean _ = calendar.isOpenAt(at);
        at = calendar.changesAfter(at);
      }
    } catch (CalendarText.NoCalendarException e) {
      assertThatCode(e::getMessage).doesNotThrowAnyException();
    }
  }
}

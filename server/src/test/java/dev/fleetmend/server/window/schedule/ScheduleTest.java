package dev.fleetmend.server.window.schedule;

import static java.time.DayOfWeek.TUESDAY;
import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final Instant NOV_23 = Instant.parse("2026-11-23T00:00:00Z");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static Schedule schedule(String expression) {
    return Schedule.parse(ScheduleText.of(expression), NOV_23);
  }

  private static Schedule in(String zone, String expression, @Nullable Integer offset) {
    return Schedule.parse(new ScheduleText(expression, zone, offset, null, null), NOV_23);
  }

  private static List<String> next(Schedule schedule, Instant now, int count) {
    return schedule.first(now).stream()
        .flatMap(schedule::from)
        .limit(count)
        .map(Schedule::text)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cron(0 2 ? * SUN#3 *)       | 2026-12-20T02:00Z 2027-01-17T02:00Z
          cron(0 2 ? * 1#3 *)         | 2026-12-20T02:00Z 2027-01-17T02:00Z
          cron(0 16 ? * TUE *)        | 2026-11-24T16:00Z 2026-12-01T16:00Z
          cron(0 9 L * ? *)           | 2026-11-30T09:00Z 2026-12-31T09:00Z
          cron(0 9 ? * 6L *)          | 2026-11-27T09:00Z 2026-12-25T09:00Z
          cron(0 9 ? * L *)           | 2026-11-28T09:00Z 2026-12-05T09:00Z
          cron(0 9 15W * ? *)         | 2026-12-15T09:00Z 2027-01-15T09:00Z
          cron(0 9 1W 5 ? 2027)       | 2027-05-03T09:00Z
          cron(0 9 31W 1,10,11 ? *)   | 2027-01-29T09:00Z 2027-10-29T09:00Z
          cron(0 9 LW 1 ? *)          | 2027-01-29T09:00Z 2028-01-31T09:00Z
          cron(0 9 1,L * ? *)         | 2026-11-30T09:00Z 2026-12-01T09:00Z 2026-12-31T09:00Z
          cron(0 0 ? * THU#2,THU#4 *) | 2026-11-26T00:00Z 2026-12-10T00:00Z 2026-12-24T00:00Z
          cron(0 4 ? * SUN#5 *)       | 2026-11-29T04:00Z 2027-01-31T04:00Z 2027-05-30T04:00Z
          cron(0 4 ? * FRI-MON *)     | 2026-11-23T04:00Z 2026-11-27T04:00Z 2026-11-28T04:00Z
          cron(0/30 * * * ? *)        | 2026-11-23T00:30Z 2026-11-23T01:00Z
          cron(15 30 2 8 3 ? *)       | 2027-03-08T02:30:15Z 2028-03-08T02:30:15Z
          cron(15 10 ? * mon-fri 2027)| 2027-01-01T10:15Z 2027-01-04T10:15Z
          cron(0 4 29 2 ? *)          | 2028-02-29T04:00Z 2032-02-29T04:00Z
          cron(0 0 1 1 ? 2199)        | 2199-01-01T00:00Z
          cron(0/2 0 ? * * *)         | 2026-11-23T00:02Z 2026-11-23T00:08Z
          rate(30 minutes)            | 2026-11-23T00:30Z 2026-11-23T01:00Z
          rate(1 minute)              | 2026-11-23T00:05Z 2026-11-23T00:10Z
          rate(7 days)                | 2026-11-30T00:00Z 2026-12-07T00:00Z
          at(2026-12-24T18:30:00)     | 2026-12-24T18:30Z
          """)
  void startsAreThoseThatTheExpressionNames(String expression, String starts) {
    List<String> expected = List.of(starts.split(" "));

    assertThat(next(schedule(expression), NOV_23, expected.size())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "daily",
        "cron()",
        "cron(0 4 * * * *)",
        "cron(0 4 ? * ? *)",
        "cron(0 4 ? * WED)",
        "cron(0 0 0 4 ? * WED *)",
        "cron(60 4 ? * * *)",
        "cron(0 24 ? * * *)",
        "cron(0 4 32 * ? *)",
        "cron(0 4 0 * ? *)",
        "cron(0 4 ? 13 * *)",
        "cron(0 4 ? FOO * *)",
        "cron(0 4 ? * 8 *)",
        "cron(0 4 ? * 0 *)",
        "cron(0 4 ? * SUN#6 *)",
        "cron(0 4 ? * SUN#0 *)",
        "cron(0 4 ? * SUN#12 *)",
        "cron(0 4 L-3 * ? *)",
        "cron(0 4 W * ? *)",
        "cron(0 4 1-5W * ? *)",
        "cron(0 4 ? * * 1969)",
        "cron(0 4 ? * * 2200)",
        "cron(*/0 4 ? * * *)",
        "cron(5-1 4 ? * * *)",
        "cron(0 4 ? * #2 *)",
        "cron(0 4 ? * FRI#1-3 *)",
        "cron(0 4 ? * * */0)",
        "cron(, 4 ? * * *)",
        "cron(99999999999999 4 ? * * *)",
        "cron(? 4 ? * * *)",
        "cron(L 4 ? * * *)",
        "cron(0 4 ? L * *)",
        "rate(1 minutes)",
        "rate(2 minute)",
        "rate(0 days)",
        "rate(-1 days)",
        "rate(1 week)",
        "rate(9999999 days)",
        "rate(5)",
        "at(2026-02-30T00:00:00)",
        "at(2026-12-24)",
        "at(noon)",
        "at(2026-12-24T18:30:00Z)"
      })
  void whatIsNoScheduleIsRefused(String expression) {
    assertThatThrownBy(() -> schedule(expression)).isInstanceOf(ScheduleException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cron(0 4 30 2 ? *)", "cron(0 4 ? * * 2020)", "at(2020-01-01T00:00:00)"})
  void aScheduleMayHaveNoStartLeft(String expression) {
    assertThat(schedule(expression).first(NOV_23)).isEmpty();
  }

  @Test
  void daysAfterPatchTuesdayForTenYears() {
    Schedule schedule = in("UTC", "cron(0 23 ? * TUE#2 *)", 2);

    List<String> expected =
        IntStream.range(0, 120)
            .mapToObj(YearMonth.of(2026, 12)::plusMonths)
            .map(month -> month.atDay(1).with(dayOfWeekInMonth(2, TUESDAY)).plusDays(2) + "T23:00Z")
            .toList();
    assertThat(next(schedule, NOV_23, 120)).isEqualTo(expected);
  }

  @Test
  void withAnOffsetTheFirstStartIsOfAPeriodWhoseDateLiesAhead() {
    Schedule schedule = in("UTC", "cron(0 23 ? * TUE#2 *)", 2);

    assertThat(next(schedule, Instant.parse("2026-12-08T22:59:00Z"), 1))
        .containsExactly("2026-12-10T23:00Z");
    assertThat(next(schedule, Instant.parse("2026-12-08T23:30:00Z"), 1))
        .containsExactly("2027-01-14T23:00Z");
  }

  @Test
  void anOffsetLongerThanThePeriodLeavesNoStartOut() {
    Schedule daily = in("UTC", "cron(0 1 ? * * *)", 6);

    assertThat(next(daily, NOV_23, 3))
        .containsExactly("2026-11-29T01:00Z", "2026-11-30T01:00Z", "2026-12-01T01:00Z");
  }

  @Test
  void aTimeInTheGapOfAClockChangeRunsAsMuchLater() {
    Schedule schedule = in("America/New_York", "cron(30 2 ? * SUN *)", null);

    assertThat(next(schedule, Instant.parse("2027-03-08T00:00:00Z"), 2))
        .containsExactly("2027-03-14T07:30Z", "2027-03-21T06:30Z");
  }

  @Test
  void aTimeThatComesTwiceRunsOnce() {
    Schedule schedule = in("America/New_York", "cron(30 1 ? * * *)", null);

    assertThat(next(schedule, Instant.parse("2027-11-06T12:00:00Z"), 3))
        .containsExactly("2027-11-07T05:30Z", "2027-11-08T06:30Z", "2027-11-09T06:30Z");
    assertThat(next(schedule, Instant.parse("2027-11-07T06:00:00Z"), 1))
        .containsExactly("2027-11-08T06:30Z");
  }

  @Test
  void inAGapStartsKeepTheirOrderAndTheirDistance() {
    Schedule schedule = in("America/New_York", "cron(0/20 2-3 ? * SUN *)", null);

    assertThat(next(schedule, Instant.parse("2027-03-14T00:00:00Z"), 4))
        .containsExactly(
            "2027-03-14T07:00Z", "2027-03-14T07:20Z", "2027-03-14T07:40Z", "2027-03-21T06:00Z");
  }

  @Test
  void aDailyTimeRunsOncePerLocalDayForTwentyYears() {
    Schedule schedule = in("America/New_York", "cron(30 2 ? * * *)", null);

    List<LocalDate> days =
        schedule.first(NOV_23).stream()
            .flatMap(schedule::from)
            .limit(7305)
            .map(start -> LocalDateTime.ofInstant(start, NEW_YORK).toLocalDate())
            .toList();
    LocalDate first = LocalDate.of(2026, 11, 23);
    assertThat(days).isEqualTo(first.datesUntil(first.plusDays(7305)).toList());
  }

  @Test
  void theLastWeekdayOfEveryMonthForTwentyYears() {
    List<String> expected =
        IntStream.range(0, 240)
            .mapToObj(YearMonth.of(2026, 11)::plusMonths)
            .map(month -> lastWeekday(month) + "T09:00Z")
            .toList();

    assertThat(next(schedule("cron(0 9 LW * ? *)"), NOV_23, 240)).isEqualTo(expected);
  }

  private static LocalDate lastWeekday(YearMonth month) {
    LocalDate day = month.atEndOfMonth();
    while (day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0) {
      day = day.minusDays(1);
    }
    return day;
  }

  @Test
  void aRateCountsFromItsCreationToTheMillisecond() {
    Instant created = Instant.parse("2020-02-10T23:22:00.956Z");
    Schedule schedule = Schedule.parse(ScheduleText.of("rate(7 days)"), created);

    assertThat(next(schedule, created.plusSeconds(60), 1))
        .containsExactly("2020-02-17T23:22:00.956Z");
  }

  @Test
  void aRateCountsFromAStartDateThatLiesAhead() {
    ScheduleText text =
        new ScheduleText("rate(2 days)", null, null, "2026-12-01T10:00:00-05:00", null);

    assertThat(next(Schedule.parse(text, NOV_23), NOV_23, 2))
        .containsExactly("2026-12-01T15:00Z", "2026-12-03T15:00Z");
  }

  @Test
  void noStartLiesOutsideTheActiveDates() {
    ScheduleText text =
        new ScheduleText(
            "cron(0 4 ? * * *)", null, null, "2026-12-01T04:00:00Z", "2026-12-03T04:00:00Z");
    Schedule schedule = Schedule.parse(text, NOV_23);

    assertThat(next(schedule, NOV_23, 10))
        .containsExactly("2026-12-01T04:00Z", "2026-12-02T04:00Z", "2026-12-03T04:00Z");
    assertThat(schedule.first(Instant.parse("2026-12-03T04:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-01T10:00:00Z, 2026-12-01T10:00:00Z",
    "2026-12-01T10:00:00+02:00, 2026-12-01T08:00:00Z",
    "2026-12-01T10:00:00, 2026-12-01T10:00:00Z",
    "2026-12-01T10:00, 2026-12-01T10:00:00Z",
    "2026-12-01, 2026-12-01T00:00:00Z"
  })
  void datesAreInUtcUnlessTheySayOtherwise(String text, Instant expected) {
    assertThat(DateText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tomorrow", "2026-13-01", "+999999999-01-01T00:00:00", "1969-12-31", "T"})
  void whatIsNoDateIsRefused(String text) {
    assertThatThrownBy(() -> DateText.parse(text)).isInstanceOf(ScheduleException.class);
  }

  @Test
  void wrongSurroundingsAreRefused() {
    assertThatThrownBy(() -> in("Mars/Olympus", "rate(1 day)", null))
        .isInstanceOf(ScheduleException.class)
        .hasMessageContaining("Mars/Olympus");
    assertThatThrownBy(() -> in("UTC", "rate(1 day)", 2))
        .isInstanceOf(ScheduleException.class)
        .hasMessageContaining("ScheduleOffset");
    ScheduleText backwards =
        new ScheduleText("rate(1 day)", null, null, "2027-01-02", "2027-01-01");
    assertThatThrownBy(() -> Schedule.parse(backwards, NOV_23))
        .isInstanceOf(ScheduleException.class)
        .hasMessageContaining("EndDate");
  }
}

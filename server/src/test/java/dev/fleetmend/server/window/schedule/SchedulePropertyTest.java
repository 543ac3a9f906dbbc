package dev.fleetmend.server.window.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SchedulePropertyTest {
  private static final Instant SINCE = Instant.parse("2026-11-23T00:00:00Z");

  @Property(tries = 500, seed = "2026")
  void inUtcTheNextTimesAreThoseOfAnotherReader(
      @ForAll("crons") String cron, @ForAll("instants") Instant from) {
    ExecutionTime other = ExecutionTime.forCron(new CronParser(CronText.AWS).parse("0 " + cron));
    CronRecurrence ours = new CronRecurrence(CronText.parse(cron), ZoneOffset.UTC, 0);

    Instant time = from;
    for (int i = 0; i < 20; i++) {
      Optional<ZonedDateTime> expected = other.nextExecution(time.atZone(ZoneOffset.UTC));
      if (expected.isEmpty()) {
        return;
      }
      assertThat(ours.after(time))
          .as("%s after %s", cron, time)
          .isEqualTo(expected.get().toInstant());
      time = expected.get().toInstant();
    }
  }

  @Property(tries = 500, seed = "2026")
  void startsRiseAndKeepTheirDistanceInEveryZone(
      @ForAll("crons") String cron,
      @ForAll("zones") String zone,
      @ForAll("offsets") int offset,
      @ForAll("instants") Instant from) {
    Schedule schedule =
        Schedule.parse(
            new ScheduleText("cron(" + cron + ")", zone, offset == 0 ? null : offset, null, null),
            SINCE);

    List<Instant> starts = schedule.first(from).stream().flatMap(schedule::from).limit(50).toList();

    assertThat(starts).allMatch(start -> start.isAfter(from));
    for (int i = 1; i < starts.size(); i++) {
      assertThat(Duration.between(starts.get(i - 1), starts.get(i)))
          .isGreaterThanOrEqualTo(Schedule.SMALLEST_GAP);
    }
  }

  @Property(tries = 500, seed = "2026")
  void noStartIsLeftOutBetweenTwo(
      @ForAll("crons") String cron,
      @ForAll("zones") String zone,
      @ForAll("instants") Instant from) {
    CronRecurrence recurrence = new CronRecurrence(CronText.parse(cron), ZoneId.of(zone), 0);

    Instant next = recurrence.after(from);
    if (next != null) {
      Duration half = Duration.between(from, next).dividedBy(2);
      assertThat(recurrence.after(from.plus(half))).isEqualTo(next);
      assertThat(recurrence.after(next.minusSeconds(1))).isEqualTo(next);
    }
  }

  @Property(seed = "2026")
  void aRateNeverDrifts(@ForAll("rates") int hours, @ForAll("instants") Instant from) {
    RateRecurrence rate = RateRecurrence.parse(hours + " hours", SINCE);

    Instant next = rate.after(from);

    assertThat(Duration.between(SINCE, next).toMillis() % Duration.ofHours(hours).toMillis())
        .isZero();
    assertThat(next).isAfter(from);
    if (from.isAfter(SINCE)) {
      assertThat(next).isBeforeOrEqualTo(from.plus(Duration.ofHours(hours)));
    }
  }

  @Provide
  Arbitrary<Integer> rates() {
    return Arbitraries.integers().between(2, 1000);
  }

  @Provide
  Arbitrary<Integer> offsets() {
    return Arbitraries.integers().between(0, 6);
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(
        "UTC",
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "Africa/Casablanca");
  }

  /** Spread over thirty years, thickened around the clock changes of 2027. */
  @Provide
  Arbitrary<Instant> instants() {
    Arbitrary<Long> anywhere = Arbitraries.longs().between(1_600_000_000L, 2_500_000_000L);
    Arbitrary<Long> march = Arbitraries.longs().between(1_804_982_400L, 1_805_068_800L);
    Arbitrary<Long> november = Arbitraries.longs().between(1_825_545_600L, 1_825_632_000L);
    return Arbitraries.oneOf(anywhere, march, november).map(Instant::ofEpochSecond);
  }

  @Provide
  Arbitrary<String> crons() {
    Arbitrary<String> minutes = field(0, 59);
    Arbitrary<String> hours = field(0, 23);
    Arbitrary<String> months = field(1, 12);
    Arbitrary<String> years = Arbitraries.of("*", "2026-2040", "2027/3");
    Arbitrary<String> dayOfWeek =
        Arbitraries.oneOf(
            field(1, 7),
            Arbitraries.of("MON-FRI", "SUN", "L", "6L", "SAT-TUE", "THU#2,THU#4", "SUN#5", "2#1"));
    Arbitrary<String> dayOfMonth =
        Arbitraries.oneOf(field(1, 31), Arbitraries.of("L", "LW", "15W", "1W"));
    Arbitrary<String> days =
        Arbitraries.oneOf(
            Combinators.combine(dayOfMonth, months).as((day, month) -> day + " " + month + " ?"),
            Combinators.combine(dayOfWeek, months).as((day, month) -> "? " + month + " " + day));
    return Combinators.combine(minutes, hours, days, years)
        .as((minute, hour, day, year) -> minute + " " + hour + " " + day + " " + year);
  }

  private static Arbitrary<String> field(int lowest, int highest) {
    Arbitrary<Integer> number = Arbitraries.integers().between(lowest, highest);
    Arbitrary<Integer> step = Arbitraries.integers().between(1, Math.min(highest, 9));
    return Arbitraries.oneOf(
        Arbitraries.just("*"),
        number.map(String::valueOf),
        number.list().ofMinSize(2).ofMaxSize(4).uniqueElements().map(SchedulePropertyTest::joined),
        Combinators.combine(number, number).as((a, b) -> Math.min(a, b) + "-" + Math.max(a, b)),
        Combinators.combine(number, step).as((from, every) -> from + "/" + every),
        step.map(every -> "*/" + every));
  }

  private static String joined(List<Integer> numbers) {
    return String.join(",", numbers.stream().sorted().map(String::valueOf).toList());
  }
}

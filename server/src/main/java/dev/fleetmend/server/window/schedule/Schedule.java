package dev.fleetmend.server.window.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When something is due: {@code cron(...)}, {@code rate(...)} or {@code at(...)}, between its
 * active dates. Starts are at least {@link #SMALLEST_GAP} apart.
 */
public final class Schedule {
  /** Starts that an expression names nearer to the last one than this are left out. */
  public static final Duration SMALLEST_GAP = Duration.ofMinutes(5);

  private static final Pattern FORM = Pattern.compile("(cron|rate|at)\\((.*)\\)");

  private final Recurrence recurrence;
  private final @Nullable Instant activeFrom;
  private final @Nullable Instant activeUntil;

  private Schedule(
      Recurrence recurrence, @Nullable Instant activeFrom, @Nullable Instant activeUntil) {
    this.recurrence = recurrence;
    this.activeFrom = activeFrom;
    this.activeUntil = activeUntil;
  }

  /**
   * Reads a schedule.
   *
   * @param since when the text was given: a rate counts from here, or from its start date where
   *     that is later
   * @throws ScheduleException when a part of the text can't be read; the message says which
   */
  public static Schedule parse(ScheduleText text, Instant since) {
    Matcher form = FORM.matcher(text.expression().strip());
    if (!form.matches()) {
      throw new ScheduleException(
          "'" + text.expression() + "' is none of cron(...), rate(...) and at(...)");
    }
    Instant from = date(text.startDate());
    Instant until = date(text.endDate());
    if (from != null && until != null && !until.isAfter(from)) {
      throw new ScheduleException("EndDate must be later than StartDate");
    }
    String kind = form.group(1);
    Integer offsetDays = text.offsetDays();
    if (offsetDays != null && !kind.equals("cron")) {
      throw new ScheduleException("ScheduleOffset is for cron expressions only");
    }
    ZoneId zone = zone(text.timezone());
    String inner = form.group(2);
    Recurrence recurrence =
        switch (kind) {
          case "cron" ->
              new CronRecurrence(CronText.parse(inner), zone, offsetDays == null ? 0 : offsetDays);
          case "rate" ->
              RateRecurrence.parse(inner, from != null && from.isAfter(since) ? from : since);
          default -> AtRecurrence.parse(inner, zone);
        };
    return new Schedule(recurrence, from, until);
  }

  /**
   * The first start after now. With an offset the date that the expression itself names must still
   * lie ahead: where it has passed, the first start belongs to the next period.
   */
  public Optional<Instant> first(Instant now) {
    Instant start = recurrence.first(now);
    if (activeFrom != null && start != null && start.isBefore(activeFrom)) {
      start = recurrence.after(activeFrom.minusNanos(1));
    }
    return active(start);
  }

  /** The start that follows this one. */
  public Optional<Instant> following(Instant start) {
    return active(recurrence.after(start.plus(SMALLEST_GAP).minusNanos(1)));
  }

  /** The starts from this one on; endless for a schedule without an end. */
  public Stream<Instant> from(Instant start) {
    return Stream.iterate(start, s -> s != null, s -> following(s).orElse(null));
  }

  /** As SSM writes a start: to the minute where there is nothing finer, in UTC. */
  public static String text(Instant start) {
    return start.atOffset(ZoneOffset.UTC).toString();
  }

  private Optional<Instant> active(@Nullable Instant start) {
    return start == null || (activeUntil != null && start.isAfter(activeUntil))
        ? Optional.empty()
        : Optional.of(start);
  }

  private static @Nullable Instant date(@Nullable String text) {
    return text == null ? null : DateText.parse(text);
  }

  private static ZoneId zone(@Nullable String name) {
    if (name == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new ScheduleException("'" + name + "' is not an IANA time zone");
    }
  }
}

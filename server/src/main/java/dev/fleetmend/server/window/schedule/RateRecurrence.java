package dev.fleetmend.server.window.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code rate(n unit)}: every n minutes, hours or days, counted from {@code phase}, which is a
 * start itself. A rate quicker than every five minutes runs every five minutes.
 */
record RateRecurrence(Duration period, Instant phase) implements Recurrence {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5}) +(minute|hour|day)(s?)");

  static RateRecurrence parse(String text, Instant phase) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new ScheduleException(
          "rate(" + text + ") is not of the form rate(n minutes), rate(n hours) or rate(n days)");
    }
    int count = Integer.parseInt(form.group(1));
    if ((count == 1) != form.group(3).isEmpty()) {
      throw new ScheduleException(
          "rate(" + text + "): 1 takes the unit's singular, more than 1 its plural");
    }
    Duration period =
        switch (form.group(2)) {
          case "minute" -> Duration.ofMinutes(count);
          case "hour" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return new RateRecurrence(
        period.compareTo(Schedule.SMALLEST_GAP) < 0 ? Schedule.SMALLEST_GAP : period, phase);
  }

  @Override
  public Instant first(Instant now) {
    return after(now);
  }

  @Override
  public Instant after(Instant instant) {
    if (instant.isBefore(phase)) {
      return phase;
    }
    long passed = Duration.between(phase, instant).dividedBy(period);
    return phase.plus(period.multipliedBy(passed + 1));
  }
}

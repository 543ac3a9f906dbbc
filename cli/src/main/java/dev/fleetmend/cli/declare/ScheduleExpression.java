package dev.fleetmend.cli.declare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Schedules as people write them, in SSM's {@code cron(...)}, {@code rate(...)}, {@code at(...)}.
 */
final class ScheduleExpression {
  static final String FORMS =
      "daily 00:00, weekly sunday 00:00, monthly 1 00:00, hourly, cron(0 0 * * ? *),"
          + " rate(1 day) or at(2030-01-01T00:00:00)";

  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final List<String> DAY_NAMES =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final Pattern WHOLE = Pattern.compile("(cron|rate|at)\\((.+)\\)");
  private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");
  private static final Pattern RATE = Pattern.compile("\\d+ (minute|hour|day)s?");

  private ScheduleExpression() {}

  /** The expression meant, or empty where the words say none. */
  static Optional<String> of(String words) {
    String text = words.strip().replaceAll("\\s+", " ");
    Matcher whole = WHOLE.matcher(text);
    if (whole.matches()) {
      return Optional.of(text);
    }
    String[] parts = text.toLowerCase(Locale.ROOT).split(" ", -1);
    return switch (parts[0]) {
      case "hourly" -> parts.length == 1 ? Optional.of("rate(1 hour)") : Optional.empty();
      case "daily" -> parts.length == 2 ? time(parts[1]).map(at -> cron(at, "*", "?")) : none();
      case "weekly" ->
          parts.length == 3
              ? day(parts[1]).flatMap(day -> time(parts[2]).map(at -> cron(at, "?", day)))
              : none();
      case "monthly" ->
          parts.length == 3 && parts[1].matches("[1-9]|[12]\\d|3[01]|l")
              ? time(parts[2]).map(at -> cron(at, parts[1].toUpperCase(Locale.ROOT), "?"))
              : none();
      default -> bare(text);
    };
  }

  /** Fields of a cron expression or a rate without its bracket. */
  private static Optional<String> bare(String text) {
    if (RATE.matcher(text).matches()) {
      return Optional.of("rate(" + text + ")");
    }
    int fields = text.split(" ", -1).length;
    return (fields == 6 || fields == 7) && text.contains("?")
        ? Optional.of("cron(" + text + ")")
        : none();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static String cron(String minuteAndHour, String dayOfMonth, String dayOfWeek) {
    return "cron(%s %s * %s *)".formatted(minuteAndHour, dayOfMonth, dayOfWeek);
  }

  private static Optional<String> time(String text) {
    Matcher time = TIME.matcher(text);
    return time.matches()
        ? Optional.of(Integer.parseInt(time.group(2)) + " " + Integer.parseInt(time.group(1)))
        : Optional.empty();
  }

  private static Optional<String> day(String text) {
    for (int day = 0; day < DAYS.size(); day++) {
      if (text.length() >= 3 && DAY_NAMES.get(day).startsWith(text)) {
        return Optional.of(DAYS.get(day));
      }
    }
    return Optional.empty();
  }
}

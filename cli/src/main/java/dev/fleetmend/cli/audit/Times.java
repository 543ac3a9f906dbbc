package dev.fleetmend.cli.audit;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people say them: a date in the machine's zone, an instant, or so long ago. */
final class Times {
  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([mhd])");

  private final Clock clock;

  Times(Clock clock) {
    this.clock = clock;
  }

  /**
   * Epoch seconds.
   *
   * @param option the option that says it, for the message
   * @throws Problem where it is no time
   */
  double seconds(String option, String text) {
    Matcher ago = AGO.matcher(text);
    try {
      if (ago.matches()) {
        long number = Long.parseLong(ago.group(1));
        Duration back =
            switch (ago.group(2)) {
              case "m" -> Duration.ofMinutes(number);
              case "h" -> Duration.ofHours(number);
              default -> Duration.ofDays(number);
            };
        return seconds(clock.instant().minus(back));
      }
      return seconds(
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(clock.getZone()).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw new Problem(
          ExitCode.USAGE,
          option
              + " takes a date such as 2026-11-27, a time such as 2026-11-27T08:00:00Z, or so long"
              + " ago, such as 24h; nothing was asked");
    }
  }

  private static double seconds(Instant instant) {
    return Math.max(0, instant.toEpochMilli() / 1e3);
  }
}

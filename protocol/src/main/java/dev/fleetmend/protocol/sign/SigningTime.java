package dev.fleetmend.protocol.sign;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The time in {@code X-Amz-Date}, as {@code 20261123T100000Z}. */
final class SigningTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = 8;

  private SigningTime() {}

  static String text(Instant time) {
    return FORMAT.format(time);
  }

  static String date(String time) {
    return time.substring(0, DATE_LENGTH);
  }

  /** Refuses a time that is malformed, too old or too far ahead, or of another day. */
  static String checked(@Nullable String time, CredentialScope scope, Instant now, Duration skew)
      throws SignatureRefusedException {
    if (time == null) {
      throw SignatureRefusedException.incomplete(
          "Authorization header requires existence of a 'X-Amz-Date' header.");
    }
    Instant signed = parse(time);
    if (signed.isBefore(now.minus(skew))) {
      throw SignatureRefusedException.invalid(
          "Signature expired: "
              + time
              + " is now earlier than "
              + text(now.minus(skew))
              + explain(now, " - ", skew));
    }
    if (signed.isAfter(now.plus(skew))) {
      throw SignatureRefusedException.invalid(
          "Signature not yet current: "
              + time
              + " is still later than "
              + text(now.plus(skew))
              + explain(now, " + ", skew));
    }
    if (!date(time).equals(scope.date())) {
      throw SignatureRefusedException.invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '"
              + scope.date()
              + "' != '"
              + date(time)
              + "', from '"
              + time
              + "'.");
    }
    return time;
  }

  private static Instant parse(String time) throws SignatureRefusedException {
    try {
      return LocalDateTime.parse(time, FORMAT).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw SignatureRefusedException.incomplete(
          "Date must be in ISO-8601 'basic format', such as 20261123T100000Z.");
    }
  }

  private static String explain(Instant now, String sign, Duration skew) {
    return " (" + text(now) + sign + skew.toMinutes() + " min.)";
  }
}

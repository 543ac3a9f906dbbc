package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ApprovalRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What ApproveAfterDays and ApproveUntilDate make of a release date. */
final class ReleaseDates {
  private ReleaseDates() {}

  /** From when on a rule approves what was released then; {@link Instant#MAX} for never. */
  static Instant approvedFrom(ApprovalRule rule, Instant released) {
    String until = rule.approveUntilDate();
    if (until != null) {
      return released.isBefore(dayAfter(until)) ? Instant.EPOCH : Instant.MAX;
    }
    return released.plus(delay(rule));
  }

  static Duration delay(ApprovalRule rule) {
    Integer days = rule.approveAfterDays();
    boolean dated = rule.approveUntilDate() != null;
    return Duration.ofDays(days != null ? days : dated ? 1 : 0);
  }

  /** The end of a day, UTC; of a text that is no day, the beginning of time. */
  private static Instant dayAfter(String day) {
    try {
      return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      return Instant.MIN;
    }
  }
}

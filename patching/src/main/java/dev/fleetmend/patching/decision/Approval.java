package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.baseline.ComplianceLevel;
import java.time.Instant;

/**
 * What a baseline says of one version, wherever it may be installed.
 *
 * @param approvedFrom when a rule approves or will approve it; {@link Instant#EPOCH} where nothing
 *     has to be waited for
 * @param why the reason, to follow a colon or stand alone
 */
public record Approval(Verdict verdict, ComplianceLevel level, Instant approvedFrom, String why) {

  /** How a version fares. */
  public enum Verdict {
    /** A rule approves it, and its delay is over. */
    APPROVED,
    /** The list of approved patches names it. */
    EXPLICITLY_APPROVED,
    /** A rule matches, and its delay runs. */
    PENDING,
    /** The list of rejected patches names it. */
    EXPLICITLY_REJECTED,
    /** Nothing in the baseline approves it. */
    NOT_APPROVED
  }

  /** Whether it may be put in now. */
  public boolean isApproved() {
    return verdict == Verdict.APPROVED || verdict == Verdict.EXPLICITLY_APPROVED;
  }

  /** Whether the list of rejected patches names it. */
  public boolean isRejected() {
    return verdict == Verdict.EXPLICITLY_REJECTED;
  }
}

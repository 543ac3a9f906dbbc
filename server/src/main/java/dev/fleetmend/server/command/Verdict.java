package dev.fleetmend.server.command;

import software.amazon.awssdk.services.ssm.model.CommandStatus;

/** How a command has ended, from how its targets have. */
record Verdict(CommandStatus status, String details) {
  private static final Verdict SUCCESS = new Verdict(CommandStatus.SUCCESS, "Success");
  private static final Verdict FAILED = new Verdict(CommandStatus.FAILED, "Failed");
  private static final Verdict INCOMPLETE = new Verdict(CommandStatus.FAILED, "Incomplete");
  private static final Verdict CANCELLED = new Verdict(CommandStatus.CANCELLED, "Cancelled");
  private static final Verdict NO_TARGETS = new Verdict(CommandStatus.FAILED, "NoInstancesInTag");

  /**
   * @param cancelled whether the whole command was to be cancelled
   */
  static Verdict of(Tally tally, RateControl rate, boolean cancelled) {
    if (tally.targets() == 0) {
      return NO_TARGETS;
    }
    if (tally.successes() == tally.targets()) {
      return SUCCESS;
    }
    if (tally.cancelled() == tally.targets() || (cancelled && tally.cancelled() > 0)) {
      return CANCELLED;
    }
    if (rate.stops(tally)) {
      return tally.failed() == 0 ? timedOut("ExecutionTimedOut") : FAILED;
    }
    if (tally.successes() == 0) {
      return tally.deliveryTimedOut() == tally.targets() ? timedOut("DeliveryTimedOut") : FAILED;
    }
    boolean tolerable = tally.errors() + tally.deliveryTimedOut() + tally.cancelled() == 0;
    return tolerable ? SUCCESS : INCOMPLETE;
  }

  private static Verdict timedOut(String details) {
    return new Verdict(CommandStatus.TIMED_OUT, details);
  }
}

package dev.fleetmend.server.command;

/**
 * How many targets a command may run on at once, and how many may fail before it stops.
 *
 * @param concurrency the most at once
 * @param errorLimit the most errors that do not stop it
 */
record RateControl(int concurrency, int errorLimit) {
  /**
   * Reads MaxConcurrency and MaxErrors: a number, or a percentage of the targets, rounded down; at
   * least one target runs at once.
   */
  static RateControl of(String maxConcurrency, String maxErrors, int targets) {
    return new RateControl(Math.max(1, count(maxConcurrency, targets)), count(maxErrors, targets));
  }

  private static int count(String text, int targets) {
    if (text.endsWith("%")) {
      long percent = Long.parseLong(text.substring(0, text.length() - 1));
      return (int) (targets * percent / 100);
    }
    return Integer.parseInt(text);
  }

  /** Whether too many have failed: nothing more is sent. */
  boolean stops(Tally tally) {
    return tally.errors() > errorLimit;
  }

  /** How many more may start now: one at first, and with every success one more at once. */
  int mayStart(Tally tally) {
    if (stops(tally)) {
      return 0;
    }
    int ramp = Math.min(concurrency, 1 + tally.successes());
    int waiting = tally.targets() - tally.sent() - (tally.ended() - tally.sentEnded());
    return Math.clamp(ramp - tally.inFlight(), 0, Math.max(0, waiting));
  }
}

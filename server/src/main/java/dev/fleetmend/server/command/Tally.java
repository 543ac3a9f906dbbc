package dev.fleetmend.server.command;

/**
 * How many targets of a command stand where.
 *
 * @param sent targets that the command went out to
 * @param sentEnded of those, the ones that have ended
 * @param ended all that have ended, sent or not
 */
record Tally(
    int targets,
    int sent,
    int sentEnded,
    int ended,
    int successes,
    int failed,
    int executionTimedOut,
    int deliveryTimedOut,
    int cancelled) {

  /** What counts towards MaxErrors: delivery that failed does not. */
  int errors() {
    return failed + executionTimedOut;
  }

  int inFlight() {
    return sent - sentEnded;
  }

  boolean complete() {
    return ended == targets;
  }
}

package dev.fleetmend.server.window.schedule;

/** A schedule, a time zone or a date that can't be read; the message says which part, and why. */
public final class ScheduleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScheduleException(String message) {
    super(message);
  }
}

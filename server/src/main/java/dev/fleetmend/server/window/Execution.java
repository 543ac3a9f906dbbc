package dev.fleetmend.server.window;

import java.time.Instant;

/**
 * One start of a window and what came of it.
 *
 * @param dueAt the start that the schedule names
 * @param cutoffAt from here on nothing more is started
 */
record Execution(String id, String windowId, Instant dueAt, Instant cutoffAt, State state) {
  /** When it began, or would have. */
  Instant startedAt() {
    Instant started = state.startedAt();
    return started == null ? dueAt : started;
  }

  String pageKey() {
    return PageKeys.descending(startedAt().toEpochMilli(), id);
  }
}

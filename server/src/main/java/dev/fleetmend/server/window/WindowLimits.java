package dev.fleetmend.server.window;

import java.time.Duration;

/**
 * How much there may be of what.
 *
 * @param running executions at one time, of all windows
 * @param history how long an execution that has ended can be read
 */
record WindowLimits(
    int windows,
    int targetsPerWindow,
    int tasksPerWindow,
    int targetsPerTask,
    int instanceIdsPerTarget,
    int running,
    Duration history) {
  /** The limits that AWS publishes. */
  static WindowLimits published() {
    return new WindowLimits(50, 100, 20, 10, 50, 5, Duration.ofDays(30));
  }
}

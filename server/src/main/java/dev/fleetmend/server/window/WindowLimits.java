package dev.fleetmend.server.window;

import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.quota.Quotas;
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
  static WindowLimits of(Quotas quotas) {
    return new WindowLimits(
        quotas.of(Quota.MAINTENANCE_WINDOWS),
        quotas.of(Quota.TARGETS_PER_WINDOW),
        quotas.of(Quota.TASKS_PER_WINDOW),
        quotas.of(Quota.TARGETS_PER_TASK),
        quotas.of(Quota.INSTANCE_IDS_PER_TARGET),
        quotas.of(Quota.RUNNING_WINDOW_EXECUTIONS),
        Duration.ofDays(quotas.of(Quota.WINDOW_HISTORY_DAYS)));
  }
}

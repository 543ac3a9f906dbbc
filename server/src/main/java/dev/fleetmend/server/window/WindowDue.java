package dev.fleetmend.server.window;

/**
 * A start that is due.
 *
 * @param dueAt epoch milliseconds, as the schedule names it
 */
record WindowDue(String windowId, long dueAt) {}

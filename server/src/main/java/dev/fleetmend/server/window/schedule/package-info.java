/**
 * When something is due, in the words of SSM's schedules: {@code cron(...)}, {@code rate(...)} and
 * {@code at(...)} with a time zone, an offset in days and active dates. Pure: the caller brings the
 * time.
 */
package dev.fleetmend.server.window.schedule;

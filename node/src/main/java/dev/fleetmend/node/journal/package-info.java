/**
 * What this host is about to change, is changing and has changed, on disk before it happens. One
 * folder a transaction; its file {@code journal} only grows, each record a line with its checksum,
 * each line synced before the next step is taken.
 */
package dev.fleetmend.node.journal;

/**
 * Patch runs: what nodes report, what is decided of it, and every question about patch states. A
 * node's states are derived from its facts, and again whenever its baseline, its facts or its
 * quarantine change; no node has to scan for that.
 */
package dev.fleetmend.server.scan;

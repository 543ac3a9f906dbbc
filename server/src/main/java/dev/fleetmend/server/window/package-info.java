/**
 * Maintenance windows: when work may be done to nodes, what work, and what came of it. A window
 * starts by itself from its stored schedule; its tasks run in order of priority and go to nodes
 * through Run Command.
 */
package dev.fleetmend.server.window;

/** Run Command: documents run on many nodes at once, with rate control, deadlines and results. */
package dev.fleetmend.server.command;

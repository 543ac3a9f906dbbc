/** The {@code fleetmend} command: starts the server, and is otherwise a client of its API. */
package dev.fleetmend.cli;

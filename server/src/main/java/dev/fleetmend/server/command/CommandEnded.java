package dev.fleetmend.server.command;

/** The data of the work that {@link Commands#send} schedules for when a command has ended. */
public record CommandEnded(String commandId) {}

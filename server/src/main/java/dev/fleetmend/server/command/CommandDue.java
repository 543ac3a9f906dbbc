package dev.fleetmend.server.command;

/** The data of work that looks after one command. */
record CommandDue(String commandId) {}

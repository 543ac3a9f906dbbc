package dev.fleetmend.server.window;

/** An execution that is to be looked at. */
record ExecutionDue(String executionId) {}

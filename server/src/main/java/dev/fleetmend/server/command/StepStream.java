package dev.fleetmend.server.command;

/** Names one stream of one step of a command on one node. */
record StepStream(String commandId, String instanceId, String step, String stream) {}

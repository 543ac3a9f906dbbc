package dev.fleetmend.protocol.message;

/** {@code Fleetmend.GetCommandPayload}: what a command that this node runs now carries. */
public record GetCommandPayloadRequest(String commandId) {}

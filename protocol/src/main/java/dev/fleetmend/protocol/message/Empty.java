package dev.fleetmend.protocol.message;

/** An answer, or a request, without members: {@code {}}. */
public record Empty() {}

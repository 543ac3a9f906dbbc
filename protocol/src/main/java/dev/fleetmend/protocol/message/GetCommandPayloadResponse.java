package dev.fleetmend.protocol.message;

/**
 * The answer to a {@link GetCommandPayloadRequest}.
 *
 * @param payload JSON text of a {@link SendCommandPayload}
 */
public record GetCommandPayloadResponse(String payload) {}

package dev.fleetmend.protocol.message;

/** Answer to {@link GetEndpointRequest}. */
public record GetEndpointResponse(String endpoint) {}

package dev.fleetmend.protocol.message;

/** {@code GetEndpoint}: where a node finds its messages. */
public record GetEndpointRequest(String destination) {}

package dev.fleetmend.protocol.frame;

/** Asks for the token of a new control channel, in Pascal case; answered with XML. */
public record CreateControlChannelRequest(String messageSchemaVersion, String requestId) {}

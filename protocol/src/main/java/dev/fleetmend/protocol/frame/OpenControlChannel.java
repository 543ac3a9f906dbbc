package dev.fleetmend.protocol.frame;

/**
 * The first message of a control channel, as text and in Pascal case; not answered.
 *
 * @param tokenValue what CreateControlChannel gave
 * @param platformType {@code linux}, {@code windows} or {@code darwin}
 */
public record OpenControlChannel(
    String messageSchemaVersion,
    String requestId,
    String tokenValue,
    String agentVersion,
    String platformType) {}

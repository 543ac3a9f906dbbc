package dev.fleetmend.server.audit;

/**
 * Where a request came from.
 *
 * @param requestId what the answer's {@code x-amzn-RequestId} says
 * @param source the address of the other end
 */
public record Origin(String requestId, String source) {}

package dev.fleetmend.server.rollback;

/**
 * {@code Fleetmend.ReleaseQuarantine}: lets a version go in again.
 *
 * @param quarantineId as ListQuarantine gives it
 */
public record ReleaseQuarantineRequest(String quarantineId) {}

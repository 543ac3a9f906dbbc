package dev.fleetmend.server.access;

/** Answer to {@code Fleetmend.RevokeAccessKey}. */
record RevokeAccessKeyResponse(AccessKeySummary accessKey) {}

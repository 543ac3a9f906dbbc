package dev.fleetmend.server.access;

/** {@code Fleetmend.RevokeAccessKey}: ends a key at once, and for ever. */
record RevokeAccessKeyRequest(String accessKeyId) {}

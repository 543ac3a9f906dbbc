package dev.fleetmend.server.access;

/**
 * {@code Fleetmend.CreateAccessKey}: a key for somebody.
 *
 * @param role admin, operator or viewer
 * @param name what its owner calls it, up to 64 characters; may be empty
 */
record CreateAccessKeyRequest(String role, String name) {}

package dev.fleetmend.server.access;

import org.jspecify.annotations.Nullable;

/**
 * A key without its secret.
 *
 * @param role admin, operator or viewer
 * @param name what its owner calls it; may be empty
 * @param createdAt epoch seconds
 * @param createdBy the access key that asked for it; empty for the owner of the server's machine
 * @param revokedAt epoch seconds; null while it is good
 */
record AccessKeySummary(
    String accessKeyId,
    String role,
    String name,
    double createdAt,
    String createdBy,
    @Nullable Double revokedAt) {}

package dev.fleetmend.server.activation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An activation as it is kept.
 *
 * @param codeHash hex SHA-256 of its code, which is 119 random bits
 */
record StoredActivation(
    String id,
    String codeHash,
    @Nullable String description,
    @Nullable String defaultInstanceName,
    String iamRole,
    int registrationLimit,
    int registrations,
    Instant createdAt,
    Instant expiresAt) {

  boolean expired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}

package dev.fleetmend.protocol.sign;

import org.jspecify.annotations.Nullable;

/**
 * What a request is signed with.
 *
 * @param sessionToken sent along with temporary credentials, else null
 */
public record Credentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
  /** Without the secrets. */
  @Override
  public String toString() {
    return accessKeyId;
  }
}

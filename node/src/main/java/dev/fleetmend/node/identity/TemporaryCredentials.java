package dev.fleetmend.node.identity;

import dev.fleetmend.protocol.sign.Credentials;

/**
 * What the server issued to this node for a while.
 *
 * @param issuedAt epoch seconds by this host's clock
 * @param expiresAt epoch seconds
 */
record TemporaryCredentials(
    String accessKeyId,
    String secretAccessKey,
    String sessionToken,
    long issuedAt,
    long expiresAt) {
  /** Whether half of the lifetime is over, or the clock was set back. */
  boolean dueAt(long now) {
    return now < issuedAt || now >= issuedAt + (expiresAt - issuedAt) / 2;
  }

  boolean usableAt(long now) {
    return now >= issuedAt && now < expiresAt;
  }

  Credentials forSigning() {
    return new Credentials(accessKeyId, secretAccessKey, sessionToken);
  }

  /** As a shared credentials file of AWS's tools. */
  String asProfile() {
    return "[default]\naws_access_key_id = "
        + accessKeyId
        + "\naws_secret_access_key = "
        + secretAccessKey
        + "\naws_session_token = "
        + sessionToken
        + "\n";
  }

  @Override
  public String toString() {
    return accessKeyId;
  }
}

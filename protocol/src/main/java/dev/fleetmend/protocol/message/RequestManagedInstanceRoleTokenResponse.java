package dev.fleetmend.protocol.message;

/**
 * Answer to {@link RequestManagedInstanceRoleTokenRequest}: temporary credentials. The stock agent
 * needs every member.
 *
 * @param tokenExpirationDate epoch seconds; nodes ask again at half of the lifetime
 * @param updateKeyPair whether the node is to change its RSA key at once
 */
public record RequestManagedInstanceRoleTokenResponse(
    String accessKeyId,
    String secretAccessKey,
    String sessionToken,
    long tokenExpirationDate,
    boolean updateKeyPair) {
  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "RequestManagedInstanceRoleTokenResponse[" + accessKeyId + "]";
  }
}

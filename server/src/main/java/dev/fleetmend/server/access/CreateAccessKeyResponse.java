package dev.fleetmend.server.access;

/**
 * A new key.
 *
 * @param secretAccessKey told this once and never again
 */
record CreateAccessKeyResponse(
    String accessKeyId, String secretAccessKey, String role, String name) {
  @Override
  public String toString() {
    return "CreateAccessKeyResponse[" + accessKeyId + "]";
  }
}

package dev.fleetmend.protocol.message;

/**
 * {@code AmazonSSM.RegisterManagedInstance}: a host enrols, unsigned, with an activation.
 *
 * @param fingerprint what the host keeps to be told apart from its copies, a UUID
 * @param publicKey base64 of the X.509 SubjectPublicKeyInfo DER of an RSA key
 * @param publicKeyType {@code Rsa}
 */
public record RegisterManagedInstanceRequest(
    String activationCode,
    String activationId,
    String fingerprint,
    String publicKey,
    String publicKeyType) {
  /** Leaves the code out. */
  @Override
  public String toString() {
    return "RegisterManagedInstanceRequest[" + activationId + ", " + fingerprint + "]";
  }
}

package dev.fleetmend.protocol.message;

/**
 * {@code AmazonSSM.UpdateManagedInstancePublicKey}, signed with the key it replaces; answered
 * {@link Empty}.
 *
 * @param newPublicKey base64 of the X.509 SubjectPublicKeyInfo DER of an RSA key
 * @param newPublicKeyType {@code Rsa}
 */
public record UpdateManagedInstancePublicKeyRequest(String newPublicKey, String newPublicKeyType) {}

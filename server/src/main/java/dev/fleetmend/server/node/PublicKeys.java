package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The RSA keys of nodes. */
public final class PublicKeys {
  private static final int SMALLEST_BITS = 2048;
  private static final int LARGEST_BITS = 8192;

  private PublicKeys() {}

  /**
   * Reads a node's key.
   *
   * @param base64 of the X.509 SubjectPublicKeyInfo DER
   * @throws ApiException ValidationException unless it is an RSA key of 2048 to 8192 bits
   */
  public static PublicKey rsa(String base64) {
    try {
      PublicKey key =
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
      int bits = key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
      if (bits >= SMALLEST_BITS && bits <= LARGEST_BITS) {
        return key;
      }
      throw refused();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused();
    }
  }

  private static ApiException refused() {
    return new ApiException(
        "ValidationException",
        "PublicKey must be the base64 of an RSA public key (X.509) of 2048 to 8192 bits.");
  }
}

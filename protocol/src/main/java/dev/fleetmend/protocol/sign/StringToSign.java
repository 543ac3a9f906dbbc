package dev.fleetmend.protocol.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The text that is signed: algorithm, time, scope and the hash of the canonical request. A node's
 * key signs it with RSASSA-PSS, SHA-256 and a salt of 32 bytes.
 */
record StringToSign(CredentialScope scope, String text) {
  private static final int SALT = 32;

  static StringToSign of(
      SignableRequest request, String time, CredentialScope scope, List<String> signedHeaders) {
    String canonical = CanonicalRequest.of(request, scope.service(), signedHeaders);
    return new StringToSign(
        scope,
        String.join(
            "\n", Authorization.ALGORITHM, time, scope.toString(), Digests.sha256Hex(canonical)));
  }

  String signature(String secret) {
    return HexFormat.of().formatHex(Digests.hmac(scope.key(secret), text));
  }

  String signature(PrivateKey key) {
    try {
      Signature pss = pss();
      pss.initSign(key);
      pss.update(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(pss.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an RSA key that can sign", e);
    }
  }

  boolean signedBy(PublicKey key, String signature) {
    try {
      Signature pss = pss();
      pss.initVerify(key);
      pss.update(text.getBytes(UTF_8));
      return pss.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Signature pss() throws GeneralSecurityException {
    Signature pss = Signature.getInstance("RSASSA-PSS");
    pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT, 1));
    return pss;
  }
}

package dev.fleetmend.node.identity;

import dev.fleetmend.node.state.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** The node's RSA key, of 2048 bits; it never leaves its file. */
public final class NodeKey {
  private static final String RSA = "RSA";
  private static final int BITS = 2048;

  private final PrivateKey secret;
  private final PublicKey open;

  private NodeKey(KeyPair pair) {
    this.secret = pair.getPrivate();
    this.open = pair.getPublic();
  }

  /** The key of that file (PKCS#8, DER), made where there is none. */
  public static NodeKey in(Path file) throws IOException {
    try {
      if (Files.exists(file)) {
        return new NodeKey(read(Files.readAllBytes(file)));
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance(RSA);
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      DurableFile.write(file, pair.getPrivate().getEncoded());
      return new NodeKey(pair);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no RSA key", e);
    }
  }

  private static KeyPair read(byte[] der) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(RSA);
    RSAPrivateCrtKey secret =
        (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(der));
    PublicKey open =
        factory.generatePublic(
            new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
    return new KeyPair(open, secret);
  }

  PrivateKey secret() {
    return secret;
  }

  /** PKCS#8, DER. */
  byte[] encoded() {
    return secret.getEncoded();
  }

  /** Base64 of the SubjectPublicKeyInfo, as a registration carries it. */
  String publicKeyText() {
    return Base64.getEncoder().encodeToString(open.getEncoded());
  }
}

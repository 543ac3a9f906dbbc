package dev.fleetmend.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Node keys made beforehand, RSA of 2048 bits: making one takes more than a second in a test's JVM.
 * Handed out in turn, so that two dozen in a row differ.
 */
public final class TestKeys {
  private static final List<String> MADE = made();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private TestKeys() {}

  /** The next key of the file. */
  public static KeyPair next() {
    String made = MADE.get(Math.floorMod(NEXT.getAndIncrement(), MADE.size()));
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key =
          (RSAPrivateCrtKey)
              factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(made)));
      return new KeyPair(
          factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
          key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half of the next key as nodes send it. */
  public static String nextPublic() {
    return Base64.getEncoder().encodeToString(next().getPublic().getEncoded());
  }

  private static List<String> made() {
    try (InputStream in = TestKeys.class.getResourceAsStream("test-keys.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.fleetmend.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's own secret: 32 random bytes in {@code master.key} of the data folder, mode 0600.
 * Secrets are stored sealed with it (AES-256-GCM) or derived from it (HMAC-SHA256), each under the
 * name of its purpose. Replicas share the file.
 */
public final class MasterKey {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] key;
  private final SecureRandom random = new SecureRandom();

  private MasterKey(byte[] key) {
    this.key = key;
  }

  /** Reads the key of a data folder, or makes one. */
  public static MasterKey of(Path dataFolder) {
    Path file = dataFolder.resolve("master.key");
    try {
      byte[] key = readOrCreate(file);
      if (key.length != KEY_BYTES) {
        throw new IllegalStateException(
            file
                + " is damaged: it should hold "
                + KEY_BYTES
                + " bytes. Restore it from a backup.");
      }
      return new MasterKey(key);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make " + file, e);
    }
  }

  private static byte[] readOrCreate(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      PrivateFiles.write(file, key);
      return key;
    }
  }

  /** 32 bytes that only this server can make from a text, different for each purpose. */
  byte[] derive(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(purpose.getBytes(UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Encrypts a text, so that only {@link #open} with the same purpose gives it back. */
  byte[] seal(String purpose, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(text.getBytes(UTF_8));
      return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM", e);
    }
  }

  /** The text that was sealed, or nothing where it was not sealed by this key and purpose. */
  Optional<String> open(String purpose, byte[] sealed) {
    if (sealed.length <= NONCE_BYTES) {
      return Optional.empty();
    }
    ByteBuffer parts = ByteBuffer.wrap(sealed);
    byte[] nonce = new byte[NONCE_BYTES];
    parts.get(nonce);
    byte[] text = new byte[parts.remaining()];
    parts.get(text);
    try {
      return Optional.of(
          new String(cipher(Cipher.DECRYPT_MODE, purpose, nonce).doFinal(text), UTF_8));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM", e);
    }
  }

  private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(derive("seal", purpose), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}

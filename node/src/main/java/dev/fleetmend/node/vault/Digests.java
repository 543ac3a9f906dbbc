package dev.fleetmend.node.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Digests of files, in hex. */
public final class Digests {
  private Digests() {}

  /** SHA-256 of a file's content. */
  public static String sha256(Path file) throws IOException {
    return of(sha256(), file);
  }

  /**
   * Of a file's content, by an algorithm.
   *
   * @param algorithm such as {@code sha256}; {@code sha} is SHA-1, as rpm metadata have it
   * @return empty where this Java does not know the algorithm
   */
  public static Optional<String> of(String algorithm, Path file) throws IOException {
    String name = algorithm.equals("sha") ? "SHA-1" : algorithm.replaceFirst("^sha", "SHA-");
    try {
      return Optional.of(of(MessageDigest.getInstance(name), file));
    } catch (NoSuchAlgorithmException e) {
      return Optional.empty();
    }
  }

  private static String of(MessageDigest digest, Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

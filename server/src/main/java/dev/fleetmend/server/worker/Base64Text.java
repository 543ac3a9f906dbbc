package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.MalformedJsonException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Texts that travel as base64, so that no script has to quote them. */
final class Base64Text {
  private Base64Text() {}

  /**
   * The text.
   *
   * @return null for null and for nothing
   * @throws MalformedJsonException where it is no base64
   */
  static @Nullable String of(@Nullable String base64) {
    if (base64 == null || base64.isEmpty()) {
      return null;
    }
    try {
      return new String(Base64.getMimeDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("a text is no base64");
    }
  }
}

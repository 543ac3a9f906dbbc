package dev.fleetmend.protocol.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Percent-encoding as AWS canonicalises it: all but letters, digits and {@code -._~}. */
public final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** Encodes a text's UTF-8 bytes; slashes stay where they separate the segments of a path. */
  public static String encode(String text, boolean keepSlash) {
    return encode(text.getBytes(UTF_8), keepSlash);
  }

  /** Decodes what is encoded and encodes it all alike; a stray percent sign stands for itself. */
  static String normalize(String encoded) {
    byte[] bytes = encoded.getBytes(UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      if (low >= 0) {
        plain.write(high * 16 + low);
        i += 2;
      } else {
        plain.write(bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return encode(plain.toByteArray(), false);
  }

  private static String encode(byte[] bytes, boolean keepSlash) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (unreserved(c) || (keepSlash && c == '/')) {
        text.append(c);
      } else {
        text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return text.toString();
  }

  private static boolean unreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}

package dev.fleetmend.protocol.sign;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of an HTTP request a signature covers.
 *
 * @param path as sent, percent-encoded
 * @param query as sent, without its question mark; null for none
 * @param headers lower-case names to values in the order sent
 * @param bodySha256 of the body, in lower-case hex
 */
public record SignableRequest(
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    String bodySha256) {

  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}

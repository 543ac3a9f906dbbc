package dev.fleetmend.node.patch;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Fetches the override lists that a command names by URL. */
final class OverrideText {
  private static final int MOST_BYTES = 1 << 20;
  private static final int TIMEOUT_MS = (int) Duration.ofSeconds(20).toMillis();
  private static final String NO_SUCH = "`'\"$";

  private OverrideText() {}

  /** The text, null where no URL is given. */
  static @Nullable String fetch(String url) throws RunException {
    if (url.isEmpty()) {
      return null;
    }
    URI uri = uri(url);
    try {
      URLConnection connection = uri.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      if (connection instanceof HttpURLConnection http) {
        http.setInstanceFollowRedirects(false);
        if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
          throw new RunException(
              "%s answered %d. Nothing was done.".formatted(url, http.getResponseCode()));
        }
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new RunException(url + " is larger than 1 MB. Nothing was done.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new RunException("%s cannot be read: %s. Nothing was done.".formatted(url, e));
    }
  }

  private static URI uri(String url) throws RunException {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme());
      boolean plain = url.chars().noneMatch(c -> NO_SUCH.indexOf(c) >= 0);
      if (plain && (scheme.equals("https") || scheme.equals("http")) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new RunException("not a URL: " + url + ". Nothing was done.");
    }
    throw new RunException(
        "only https and http URLs can be read, not " + url + ". Nothing was done.");
  }
}

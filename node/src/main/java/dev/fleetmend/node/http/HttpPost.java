package dev.fleetmend.node.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** POSTs to one address, over connections that are kept open. */
final class HttpPost {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int MOST_ANSWER_BYTES = 64 << 20;

  private final URI endpoint;
  private final @Nullable SSLSocketFactory tls;

  /** With a TLS factory for https, or null for the host's own trust. */
  HttpPost(URI endpoint, @Nullable SSLSocketFactory tls) {
    this.endpoint = endpoint;
    this.tls = tls;
  }

  /** Where it posts to. */
  URI endpoint() {
    return endpoint;
  }

  /** Sends a body and reads the whole answer, whatever its status. */
  Answer send(Map<String, String> headers, byte[] body, Duration readTimeout) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
    if (tls != null && connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(tls);
    }
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout((int) readTimeout.toMillis());
    connection.setFixedLengthStreamingMode(body.length);
    headers.forEach(connection::setRequestProperty);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    int status = connection.getResponseCode();
    return new Answer(status, body(connection, status), connection.getDate());
  }

  private static byte[] body(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      if (in == null) {
        return new byte[0];
      }
      byte[] body = in.readNBytes(MOST_ANSWER_BYTES + 1);
      if (body.length > MOST_ANSWER_BYTES) {
        throw new IOException("the answer is larger than " + MOST_ANSWER_BYTES + " bytes");
      }
      return body;
    }
  }
}

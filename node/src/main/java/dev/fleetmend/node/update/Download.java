package dev.fleetmend.node.update;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches the server's image, trusted as the agent's own calls are, and its SHA-256. */
final class Download {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final long MOST_BYTES = 512L << 20;
  private static final int HASH_LENGTH = 64;

  private final URI image;

  /**
   * @param platform such as {@code linux-x64}
   */
  Download(URI server, String platform) {
    this.image =
        URI.create(
            server.toString().replaceFirst("/$", "")
                + "/agent/"
                + platform
                + "/fleetmend-agent.tar.gz");
  }

  /** The hex SHA-256 that the image has. */
  String hash() throws IOException {
    URI address = URI.create(image + ".sha256");
    try (InputStream in = open(address)) {
      String said = new String(in.readNBytes(HASH_LENGTH), US_ASCII);
      if (!said.matches("[0-9a-f]{64}")) {
        throw new IOException(address + " gives no SHA-256");
      }
      return said;
    }
  }

  void to(Path file) throws IOException {
    try (InputStream in = open(image)) {
      byte[] chunk = new byte[1 << 16];
      long left = MOST_BYTES;
      try (var out = Files.newOutputStream(file)) {
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          left -= read;
          if (left < 0) {
            throw new IOException(image + " is larger than " + MOST_BYTES + " bytes");
          }
          out.write(chunk, 0, read);
        }
      }
    }
  }

  private static InputStream open(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException(address + " answered " + connection.getResponseCode());
    }
    return connection.getInputStream();
  }
}

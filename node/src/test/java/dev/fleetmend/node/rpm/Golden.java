package dev.fleetmend.node.rpm;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** Real output of real hosts, kept beside the tests. */
final class Golden {
  private Golden() {}

  static String read(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Path path(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(Golden.class.getResource(name), name).toURI());
  }
}

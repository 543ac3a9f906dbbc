package dev.fleetmend.node.apt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Real output of real hosts, kept beside the tests. */
final class Golden {
  private Golden() {}

  static String read(String name) throws IOException {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static InputStream open(String name) {
    return Objects.requireNonNull(Golden.class.getResourceAsStream(name), name);
  }
}

package dev.fleetmend.node.yum;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Real output of yum 3.4.3 over rpm 4.11.3, kept beside the tests. */
final class Golden {
  private Golden() {}

  static String read(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Empty where yum said nothing there. */
  static String readIfThere(String name) throws IOException {
    return Golden.class.getResource(name) == null ? "" : read(name);
  }
}

package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Files in the shape that the platforms' tools have. They are written after the vendors'
 * documentation; none was recorded on a real host.
 */
final class Fixtures {
  private Fixtures() {}

  static byte[] bytes(String name) throws IOException {
    return read("/dev/fleetmend/server/worker/" + name);
  }

  static String text(String name) throws IOException {
    return new String(bytes(name), UTF_8);
  }

  /** A worker script as it is in the sources. */
  static String script(String name) throws IOException {
    return new String(read("/dev/fleetmend/server/document/" + name), UTF_8);
  }

  private static byte[] read(String path) throws IOException {
    try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(path), path)) {
      return in.readAllBytes();
    }
  }
}

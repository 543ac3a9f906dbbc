package dev.fleetmend.node.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fleetmend.node.state.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/** A node's first key, made beforehand: making one takes more than a second in a test's JVM. */
final class PreparedKey {
  private PreparedKey() {}

  /** Has a node that is yet to be enrolled find its key in place. */
  static void putInto(Path state) throws IOException {
    Path identity = state.resolve("identity");
    DurableFile.makeFolder(identity);
    try (InputStream in = PreparedKey.class.getResourceAsStream("key.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), US_ASCII).strip();
      DurableFile.write(identity.resolve("key.pk8"), Base64.getDecoder().decode(text));
    }
  }
}

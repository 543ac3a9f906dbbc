package dev.fleetmend.node.transaction;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * What an administrator may set on a node, in {@code patch.properties} of the state folder.
 *
 * @param lockDeadline how long to wait for another process that works with the package manager;
 *     {@code lock-deadline-seconds}, 600 unless set
 * @param vaultReserve bytes that stay free whatever is kept; {@code vault-reserve-megabytes}, 512
 *     unless set
 * @param vaultLimit the most bytes of package files that are kept; what a package's newest
 *     installation would be undone with is not removed for it; {@code vault-limit-megabytes}, 2048
 *     unless set
 */
public record Limits(Duration lockDeadline, long vaultReserve, long vaultLimit) {
  private static final String FILE = "patch.properties";

  /**
   * Reads the limits.
   *
   * @throws IOException when the file is there and cannot be read, or holds no number
   */
  public static Limits read(Path state) throws IOException {
    Properties set = new Properties();
    Path file = state.resolve(FILE);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        set.load(reader);
      }
    }
    return new Limits(
        Duration.ofSeconds(number(set, "lock-deadline-seconds", 600)),
        number(set, "vault-reserve-megabytes", 512) << 20,
        number(set, "vault-limit-megabytes", 2048) << 20);
  }

  private static long number(Properties set, String key, long byDefault) throws IOException {
    String value = set.getProperty(key, Long.toString(byDefault)).strip();
    if (!value.matches("\\d{1,9}")) {
      throw new IOException(FILE + ": " + key + " must be a number, and is " + value);
    }
    return Long.parseLong(value);
  }
}

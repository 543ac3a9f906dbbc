package dev.fleetmend.server.quota;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The quotas that hold, from {@value #FILE} of the data folder: lines such as {@code
 * patch-baselines=200}, read at the start. What the file leaves out is as AWS publishes it.
 */
public final class Quotas {
  static final String FILE = "quotas.properties";
  private final Map<Quota, Integer> changed;

  private Quotas(Map<Quota, Integer> changed) {
    this.changed = changed;
  }

  /** The values that AWS publishes. */
  public static Quotas published() {
    return new Quotas(Map.of());
  }

  /**
   * Reads the file of a data folder, if there is one.
   *
   * @throws UnusableQuotasException when it cannot be read, names what is no quota, or gives one a
   *     value that is no whole number from 1 on
   */
  public static Quotas of(Path dataFolder) {
    Path file = dataFolder.resolve(FILE);
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return published();
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableQuotasException(file + " cannot be read (" + e + ")");
    }
    Map<Quota, Integer> changed = new EnumMap<>(Quota.class);
    for (String property : new TreeSet<>(properties.stringPropertyNames())) {
      Quota quota =
          Quota.of(property)
              .orElseThrow(
                  () ->
                      new UnusableQuotasException(
                          file + ": there is no quota " + property + "; there are " + names()));
      changed.put(quota, value(file, property, properties.getProperty(property).strip()));
    }
    return new Quotas(changed);
  }

  private static int value(Path file, String property, String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, as a number that is too small is
    }
    throw new UnusableQuotasException(
        file
            + ": "
            + property
            + " must be a whole number from 1 to "
            + Integer.MAX_VALUE
            + ", not "
            + text);
  }

  private static String names() {
    return Stream.of(Quota.values()).map(Quota::property).collect(Collectors.joining(", "));
  }

  /** How much there may be. */
  public int of(Quota quota) {
    return changed.getOrDefault(quota, quota.published());
  }
}

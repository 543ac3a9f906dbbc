package dev.fleetmend.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of {@code os-release}, format as in os-release(5). */
public record OsRelease(Map<String, String> fields) {
  private static final List<Path> PLACES =
      List.of(Path.of("/etc/os-release"), Path.of("/usr/lib/os-release"));

  public OsRelease {
    fields = Map.copyOf(fields);
  }

  /**
   * This host's, with no fields where it has none.
   *
   * @throws IOException when it is there and can't be read
   */
  public static OsRelease ofThisHost() throws IOException {
    for (Path place : PLACES) {
      if (Files.exists(place)) {
        return parse(Files.readAllLines(place));
      }
    }
    return new OsRelease(Map.of());
  }

  static OsRelease parse(List<String> lines) {
    Map<String, String> fields = new HashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.charAt(0) != '#') {
        fields.put(line.substring(0, equals).strip(), unquote(line.substring(equals + 1).strip()));
      }
    }
    return new OsRelease(fields);
  }

  private static String unquote(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
  }

  /** {@code NAME}, such as {@code Debian GNU/Linux}; {@code Linux} where it is not said. */
  public String name() {
    return fields.getOrDefault("NAME", "Linux");
  }

  /** {@code ID}, such as {@code debian}. */
  public String id() {
    return fields.getOrDefault("ID", "linux");
  }

  /** {@code VERSION_ID}, such as {@code 12}; empty on a rolling release. */
  public String version() {
    return fields.getOrDefault("VERSION_ID", "");
  }
}

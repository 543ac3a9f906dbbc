package dev.fleetmend.node.rpm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A file as the configuration of yum and dnf is written: sections of {@code key = value}, continued
 * lines.
 */
public final class IniFile {
  private IniFile() {}

  /** The values of each section, empty where the file is missing. */
  public static Map<String, Map<String, String>> read(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
        : Map.of();
  }

  /** As {@link #read}, of a file's text. */
  public static Map<String, Map<String, String>> parse(String text) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> values = new LinkedHashMap<>();
    String key = "";
    for (String line : text.lines().toList()) {
      String content = line.strip();
      if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
        continue;
      }
      int equals = content.indexOf('=');
      if (content.startsWith("[") && content.endsWith("]")) {
        values = new LinkedHashMap<>();
        sections.put(content.substring(1, content.length() - 1), values);
        key = "";
      } else if (Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
        values.merge(key, content, (before, more) -> before + " " + more);
      } else if (equals > 0) {
        key = content.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        values.put(key, content.substring(equals + 1).strip());
      }
    }
    return sections;
  }
}

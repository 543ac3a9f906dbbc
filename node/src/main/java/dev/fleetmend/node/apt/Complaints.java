package dev.fleetmend.node.apt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What dpkg said of packages that it could not unpack, configure or remove. */
final class Complaints {
  private static final Pattern PROCESSING =
      Pattern.compile("^dpkg: error processing (?:archive|package) (\\S+) \\(-?-[a-z-]+\\):$");
  private static final Pattern IN_FILE_NAME = Pattern.compile("^(?:.*/)?([^_/]+)_[^/]*\\.deb$");
  private static final Pattern APTS_OWN =
      Pattern.compile(
          "(?:Setting up|Unpacking|Preparing|Processing|Selecting|\\(Reading|After this|Get:|Fetched)"
              + " .*|.*extra disk space.*");
  private static final int LINES_BEFORE = 2;

  private Complaints() {}

  static Map<String, String> read(Path log) throws IOException {
    return Files.exists(log)
        ? parse(new String(Files.readAllBytes(log), StandardCharsets.UTF_8))
        : Map.of();
  }

  /** The line after dpkg's names the reason, the lines before are the package script's own. */
  static Map<String, String> parse(String log) {
    List<String> lines = log.lines().toList();
    Map<String, String> complaints = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher matcher = PROCESSING.matcher(lines.get(i));
      if (matcher.matches()) {
        complaints.put(name(matcher.group(1)), reason(lines, i));
      }
    }
    return complaints;
  }

  private static String name(String said) {
    Matcher file = IN_FILE_NAME.matcher(said);
    String name = file.matches() ? file.group(1) : said;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private static String reason(List<String> lines, int at) {
    List<String> said = new ArrayList<>();
    if (at + 1 < lines.size()) {
      said.add(lines.get(at + 1).strip());
    }
    for (int i = Math.max(0, at - LINES_BEFORE); i < at; i++) {
      String line = lines.get(i);
      if (!APTS_OWN.matcher(line).matches()) {
        said.add(line.strip());
      }
    }
    return String.join("; ", said);
  }
}

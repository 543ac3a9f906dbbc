package dev.fleetmend.node.apt;

import dev.fleetmend.node.manager.Complaint;
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

  /** What dpkg says where it, its script or the apt above it was killed. */
  private static final Pattern CUT_SHORT =
      Pattern.compile(
          ".*(?:killed by signal \\((?:Killed|Terminated|Hangup|Interrupt|Broken pipe)\\)"
              + "|unable to write to status fd|Broken pipe).*");

  private static final int LINES_BEFORE = 2;

  private Complaints() {}

  static Map<String, Complaint> read(Path log) throws IOException {
    return Files.exists(log)
        ? parse(new String(Files.readAllBytes(log), StandardCharsets.UTF_8))
        : Map.of();
  }

  /** The line after dpkg's names the reason, the lines before are the package script's own. */
  static Map<String, Complaint> parse(String log) {
    List<String> lines = log.lines().toList();
    Map<String, Complaint> complaints = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher matcher = PROCESSING.matcher(lines.get(i));
      if (matcher.matches()) {
        String said = i + 1 < lines.size() ? lines.get(i + 1) : "";
        complaints.put(
            name(matcher.group(1)),
            new Complaint(reason(lines, i), CUT_SHORT.matcher(said).matches()));
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

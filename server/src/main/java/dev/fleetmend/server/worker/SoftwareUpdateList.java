package dev.fleetmend.server.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code softwareupdate --list} prints, since macOS 10.15 and before. */
final class SoftwareUpdateList {
  private static final Pattern LABEL = Pattern.compile("\\s*\\* (?:Label: )?(.+?)\\s*");
  private static final Pattern NEW =
      Pattern.compile(
          "\\s*Title: (.+?), Version: ([^,]*), Size: ([0-9]+)K?(?:iB)?, Recommended: (\\w+).*");
  private static final Pattern OLD = Pattern.compile("\\s+(.+?) \\(([^()]*)\\), ([0-9]+)K?.*");
  private static final int KIB = 1024;

  private SoftwareUpdateList() {}

  /**
   * One update on offer.
   *
   * @param restarts whether it says that it needs a restart
   */
  record Item(String label, String title, String version, long bytes, boolean restarts) {}

  static List<Item> parse(String output) {
    List<Item> items = new ArrayList<>();
    String label = "";
    for (String line : output.lines().toList()) {
      Matcher labelled = LABEL.matcher(line);
      Matcher described = NEW.matcher(line);
      Matcher old = OLD.matcher(line);
      if (labelled.matches()) {
        label = labelled.group(1);
      } else if (!label.isEmpty() && described.matches()) {
        items.add(item(label, described, line));
        label = "";
      } else if (!label.isEmpty() && old.matches()) {
        items.add(item(label, old, line));
        label = "";
      }
    }
    return items.stream().filter(item -> !item.label().startsWith("-")).toList();
  }

  private static Item item(String label, Matcher fields, String line) {
    String version = fields.group(2).strip();
    return new Item(
        label,
        fields.group(1).strip(),
        version.isEmpty() ? "-" : version,
        kilobytes(fields.group(3)) * KIB,
        line.contains("Action: restart") || line.contains("[restart]"));
  }

  private static long kilobytes(String digits) {
    return digits.length() > 12 ? 0 : Long.parseLong(digits);
  }
}

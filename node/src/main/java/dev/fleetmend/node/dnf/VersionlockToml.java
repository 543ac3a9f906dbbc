package dev.fleetmend.node.dnf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dnf 5's {@code versionlock.toml}, as its versionlock command and its manual page write it: tables
 * {@code packages} with a name, each with tables {@code conditions} of key, comparator and value,
 * all of them texts on one line.
 */
final class VersionlockToml {
  private static final Pattern TABLE = Pattern.compile("\\[\\[([\\w.]+)\\]\\].*");
  private static final Pattern VALUE =
      Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)').*");

  private final List<String> locked = new ArrayList<>();
  private final List<String> keptAway = new ArrayList<>();
  private final List<String> not = new ArrayList<>();
  private String name = "";
  private String comparator = "";
  private String key = "";
  private boolean onlyNot = true;

  private VersionlockToml() {}

  static VersionlockToml parse(List<String> lines) {
    VersionlockToml toml = new VersionlockToml();
    for (String line : lines) {
      Matcher table = TABLE.matcher(line.strip());
      Matcher value = VALUE.matcher(line.strip());
      if (table.matches() && table.group(1).equals("packages")) {
        toml.end();
      } else if (value.matches()) {
        String text = value.group(2) == null ? value.group(3) : value.group(2);
        toml.set(value.group(1).toLowerCase(Locale.ROOT), text);
      }
    }
    toml.end();
    return toml;
  }

  /** Names, or patterns of names, of which only some versions may come in. */
  List<String> locked() {
    return List.copyOf(locked);
  }

  /** Versions that may not, {@code name-epoch:version-release.*}, as patterns. */
  List<String> keptAway() {
    return List.copyOf(keptAway);
  }

  private void set(String field, String text) {
    switch (field) {
      case "name" -> name = text;
      case "key" -> key = text;
      case "comparator" -> comparator = text;
      case "value" -> condition(text);
      default -> {}
    }
  }

  private void condition(String value) {
    onlyNot &= key.equals("evr") && comparator.equals("!=");
    not.add((value.contains(":") ? "" : "0:") + value);
  }

  /** An entry without conditions locks nothing. */
  private void end() {
    if (!not.isEmpty() && onlyNot) {
      not.forEach(evr -> keptAway.add(name + "-" + evr + ".*"));
    } else if (!not.isEmpty()) {
      locked.add(name);
    }
    name = "";
    not.clear();
    onlyNot = true;
  }
}

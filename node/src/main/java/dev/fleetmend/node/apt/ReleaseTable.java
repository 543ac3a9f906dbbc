package dev.fleetmend.node.apt;

import dev.fleetmend.patching.fact.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Release file's words on every package list, from {@code apt-cache policy} alone. */
record ReleaseTable(Map<String, Origin> origins) {
  private static final String RELEASE = "     release ";

  /** Its priority is right-aligned to four places, which "never" (-32768) does not fit in. */
  private static final Pattern LIST = Pattern.compile("^ *-?\\d+ (\\S.*)$");

  ReleaseTable {
    origins = Map.copyOf(origins);
  }

  /**
   * The origins of lists.
   *
   * @param sources as apt names lists in version tables
   */
  List<Origin> of(List<String> sources) {
    return sources.stream().map(origins::get).filter(Objects::nonNull).distinct().toList();
  }

  static ReleaseTable parse(String output) {
    Map<String, Origin> origins = new HashMap<>();
    String source = "";
    for (String line : output.lines().toList()) {
      Matcher list = LIST.matcher(line);
      if (line.startsWith(RELEASE)) {
        origins.put(source, origin(line.substring(RELEASE.length())));
      } else if (list.matches()) {
        source = list.group(1);
      } else if (line.startsWith("Pinned")) {
        break;
      }
    }
    return new ReleaseTable(origins);
  }

  private static Origin origin(String words) {
    Map<Character, String> value = new HashMap<>();
    for (String word : words.split(",(?=[voanlcb]=)", -1)) {
      if (word.length() > 1) {
        value.put(word.charAt(0), word.substring(2));
      }
    }
    return new Origin(
        value.getOrDefault('o', ""),
        value.getOrDefault('l', ""),
        value.getOrDefault('a', ""),
        value.getOrDefault('n', ""),
        value.getOrDefault('c', ""));
  }
}

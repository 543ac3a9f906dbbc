package dev.fleetmend.node.zypper;

import dev.fleetmend.patching.version.RpmVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells which packages and versions zypper's locks keep as they are. */
final class LockedPackages {
  /**
   * A lock of packages.
   *
   * @param version such as {@code == 1.2-1}, empty for every version
   */
  private record Lock(Pattern name, String version) {
    boolean means(String packageName, String packageVersion) {
      return name.matcher(packageName).matches() && matches(version, packageVersion);
    }
  }

  private final List<Lock> locks = new ArrayList<>();

  /** Locks of other things than packages, and of a repository's alone, say nothing here. */
  LockedPackages(List<Map<String, String>> paragraphs) {
    for (Map<String, String> one : paragraphs) {
      String name = one.getOrDefault("solvable_name", "");
      if (one.getOrDefault("type", "package").equals("package")
          && !name.isEmpty()
          && !one.containsKey("repo")) {
        locks.add(
            new Lock(
                pattern(name, one.getOrDefault("match_type", "glob")),
                one.getOrDefault("version", "")));
      }
    }
  }

  /** Whether a package that is installed in this version is to be left alone. */
  boolean keep(String name, String version) {
    return locks.stream().anyMatch(lock -> lock.means(name, version));
  }

  /** Whether exactly this version, or a range that it is in, is to stay away. */
  boolean bar(String name, String version) {
    return locks.stream().anyMatch(lock -> !lock.version().isEmpty() && lock.means(name, version));
  }

  private static Pattern pattern(String name, String type) {
    if (!type.equals("glob")) {
      return Pattern.compile(Pattern.quote(name));
    }
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      pattern.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(pattern.toString());
  }

  private static boolean matches(String condition, String version) {
    if (condition.isEmpty()) {
      return true;
    }
    String[] word = condition.split(" +", 2);
    int order = RpmVersion.ORDER.compare(version, word[word.length - 1]);
    return switch (word[0]) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "!=" -> order != 0;
      default -> order == 0;
    };
  }
}

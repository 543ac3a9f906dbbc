package dev.fleetmend.node.apt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code apt-cache policy PACKAGE} says of one package: apt's choice, pins and holds included,
 * and every version it knows, newest first.
 *
 * @param key the name, with {@code :arch} where it is not the host's own
 * @param candidate the version apt would install, {@code (none)} where it would none
 */
record PackagePolicy(String key, String candidate, List<Version> versions) {
  private static final String STATUS_FILE = "/dpkg/status";
  private static final Pattern VERSION = Pattern.compile("^ (?:\\*\\*\\*|   ) (\\S+) .*");
  private static final Pattern SOURCE = Pattern.compile("^ {5,}\\s*-?\\d+ (\\S.*)$");

  /**
   * A version that apt knows.
   *
   * @param sources the lists that offer it, as apt names them
   */
  record Version(String version, boolean installed, List<String> sources) {
    Version {
      sources = List.copyOf(sources);
    }

    boolean offered() {
      return !sources.isEmpty();
    }
  }

  PackagePolicy {
    versions = List.copyOf(versions);
  }

  /** The versions above the installed one, and the installed one where an archive has it. */
  List<Version> fromInstalledUp() {
    List<Version> wanted = new ArrayList<>();
    for (Version version : versions) {
      if (version.offered()) {
        wanted.add(version);
      }
      if (version.installed()) {
        return wanted;
      }
    }
    return List.of();
  }

  static List<PackagePolicy> parse(String output) {
    List<PackagePolicy> all = new ArrayList<>();
    String key = "";
    String candidate = "";
    List<Version> versions = new ArrayList<>();
    for (String line : output.lines().toList()) {
      if (line.isEmpty()) {
        continue;
      }
      if (line.charAt(0) != ' ') {
        if (!key.isEmpty()) {
          all.add(new PackagePolicy(key, candidate, versions));
        }
        key = line.substring(0, line.lastIndexOf(':'));
        candidate = "";
        versions = new ArrayList<>();
      } else if (line.startsWith("  Candidate: ")) {
        candidate = line.substring("  Candidate: ".length());
      } else {
        addTo(versions, line);
      }
    }
    if (!key.isEmpty()) {
      all.add(new PackagePolicy(key, candidate, versions));
    }
    return all;
  }

  private static void addTo(List<Version> versions, String line) {
    Matcher version = VERSION.matcher(line);
    if (version.matches()) {
      versions.add(new Version(version.group(1), line.startsWith(" ***"), List.of()));
      return;
    }
    Matcher source = SOURCE.matcher(line);
    if (source.matches() && !versions.isEmpty() && !source.group(1).endsWith(STATUS_FILE)) {
      Version last = versions.removeLast();
      List<String> sources = new ArrayList<>(last.sources());
      sources.add(source.group(1));
      versions.add(new Version(last.version(), last.installed(), sources));
    }
  }
}

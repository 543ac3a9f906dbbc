package dev.fleetmend.node.apt;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a Debian changelog (deb-changelog(5)): a version and what it fixed.
 *
 * @param releasedAt epoch seconds, 0 where the entry does not say
 */
record ChangelogEntry(String version, List<String> cves, List<String> advisories, long releasedAt) {
  private static final int MOST_ENTRIES = 40;
  private static final int LONGEST_LINE = 2_000;
  private static final Pattern HEADER =
      Pattern.compile("^[a-z0-9][a-z0-9+.-]* \\(([^)\\s]+)\\) .*urgency=.*");
  private static final Pattern CVE = Pattern.compile("\\bCVE-\\d{4}-\\d{4,7}\\b");
  private static final Pattern ADVISORY =
      Pattern.compile("\\b(?:DSA|DLA|ELA|USN)-\\d{1,6}-\\d{1,3}\\b");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  ChangelogEntry {
    cves = List.copyOf(cves);
    advisories = List.copyOf(advisories);
  }

  /** The newest entries of a changelog, newest first. */
  static List<ChangelogEntry> parse(String changelog) {
    List<ChangelogEntry> entries = new ArrayList<>();
    String version = "";
    Set<String> cves = new LinkedHashSet<>();
    Set<String> advisories = new LinkedHashSet<>();
    for (String line : (Iterable<String>) changelog.lines()::iterator) {
      if (line.length() > LONGEST_LINE) {
        continue;
      }
      Matcher header = HEADER.matcher(line);
      if (header.matches()) {
        version = header.group(1);
        cves.clear();
        advisories.clear();
      } else if (line.startsWith(" -- ") && !version.isEmpty()) {
        entries.add(
            new ChangelogEntry(version, List.copyOf(cves), List.copyOf(advisories), date(line)));
        if (entries.size() == MOST_ENTRIES) {
          return entries;
        }
      } else {
        CVE.matcher(line).results().forEach(found -> cves.add(found.group()));
        ADVISORY.matcher(line).results().forEach(found -> advisories.add(found.group()));
      }
    }
    return entries;
  }

  private static long date(String trailer) {
    int at = trailer.lastIndexOf(">  ");
    try {
      return at < 0
          ? 0
          : ZonedDateTime.parse(trailer.substring(at + 3).strip().replaceAll(" +", " "), DATE)
              .toEpochSecond();
    } catch (DateTimeException e) {
      return 0;
    }
  }
}

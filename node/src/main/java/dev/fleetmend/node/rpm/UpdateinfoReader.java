package dev.fleetmend.node.rpm;

import static dev.fleetmend.node.rpm.Repodata.attribute;

import dev.fleetmend.patching.fact.PackageVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the notices in a repository's updateinfo metadata. */
final class UpdateinfoReader implements Repodata.XmlHandler {
  private static final Pattern CVE = Pattern.compile("CVE-\\d{4}-\\d{4,}");

  /** Ids go to the server, which takes no other. */
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private static final Pattern BUG = Pattern.compile("\\d{1,12}");
  private static final Pattern DATE =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d(?::\\d\\d)?).*)?");

  /** What stands for yes, as libsolv reads it. */
  private static final Pattern YES = Pattern.compile("[Tt1].*");

  /** What vendors write where a notice has no severity. */
  private static final Pattern NO_SEVERITY =
      Pattern.compile("none|n/a|unknown|unspecified", Pattern.CASE_INSENSITIVE);

  private final Set<String> names;
  private final BiConsumer<PackageVersion, Notice> found;

  private String id = "";
  private String type = "";
  private String severity = "";
  private String issued = "";
  private String updated = "";
  private boolean reboot;
  private final List<String> cves = new ArrayList<>();
  private final List<String> bugs = new ArrayList<>();
  private final List<PackageVersion> packages = new ArrayList<>();

  /**
   * @param names of the packages that are wanted
   */
  UpdateinfoReader(Set<String> names, BiConsumer<PackageVersion, Notice> found) {
    this.names = names;
    this.found = found;
  }

  @Override
  public void read(XMLStreamReader xml) throws XMLStreamException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        element(xml);
      } else if (event == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("update")) {
        end();
      }
    }
  }

  private void element(XMLStreamReader xml) throws XMLStreamException {
    switch (xml.getLocalName()) {
      case "update" -> begin(attribute(xml, "type"));
      case "id" -> id = xml.getElementText().strip();
      case "severity" -> severity = xml.getElementText().strip();
      case "issued" -> issued = date(xml);
      case "updated" -> updated = date(xml);
      case "reference" -> reference(attribute(xml, "type"), attribute(xml, "id"));
      case "package" -> named(xml);
      case "reboot_suggested" -> reboot |= YES.matcher(xml.getElementText().strip()).matches();
      default -> {}
    }
  }

  private void begin(String newType) {
    id = "";
    type = newType;
    severity = "";
    issued = "";
    updated = "";
    reboot = false;
    cves.clear();
    bugs.clear();
    packages.clear();
  }

  /** Some write the date as an attribute, some as text. */
  private static String date(XMLStreamReader xml) throws XMLStreamException {
    String attribute = attribute(xml, "date");
    return attribute.isEmpty() ? xml.getElementText().strip() : attribute;
  }

  private void reference(String kind, String reference) {
    if (CVE.matcher(reference).matches()) {
      cves.add(reference);
    } else if (kind.equals("bugzilla") && BUG.matcher(reference).matches()) {
      bugs.add("BZ#" + reference);
    }
  }

  private void named(XMLStreamReader xml) {
    String name = attribute(xml, "name");
    if (names.contains(name)) {
      packages.add(
          new PackageVersion(
              name,
              attribute(xml, "arch"),
              RpmNames.version(
                  attribute(xml, "epoch"), attribute(xml, "version"), attribute(xml, "release"))));
    }
  }

  private void end() {
    if (packages.isEmpty() || !ID.matcher(id).matches()) {
      return;
    }
    Notice notice =
        new Notice(
            id,
            word(type),
            NO_SEVERITY.matcher(severity).matches() ? "" : word(severity),
            cves.stream().distinct().toList(),
            bugs.stream().distinct().toList(),
            seconds(updated.isEmpty() ? issued : updated),
            reboot);
    packages.forEach(version -> found.accept(version, notice));
  }

  /** {@code security} is {@code Security} in SSM. */
  static String word(String text) {
    return text.isEmpty()
        ? ""
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  /** Epoch seconds of a day, a day with a time in UTC, or epoch seconds as they are. */
  static long seconds(String date) {
    if (date.isEmpty()) {
      return 0;
    }
    if (date.matches("\\d{9,11}")) {
      return Long.parseLong(date);
    }
    Matcher matcher = DATE.matcher(date);
    try {
      if (!matcher.matches()) {
        return -1;
      }
      Instant instant =
          matcher.group(2) == null
              ? LocalDate.parse(matcher.group(1)).atStartOfDay(ZoneOffset.UTC).toInstant()
              : LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2))
                  .toInstant(ZoneOffset.UTC);
      return instant.getEpochSecond();
    } catch (DateTimeException e) {
      return -1;
    }
  }
}

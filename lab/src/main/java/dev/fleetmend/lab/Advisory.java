package dev.fleetmend.lab;

import java.util.List;

/**
 * A notice about packages, for updateinfo.xml. Each {@code with} method gives a changed copy.
 *
 * @param severity {@code Critical}, {@code Important}, {@code Moderate}, {@code Low}, or empty
 * @param issued the day it was published and last updated, {@code YYYY-MM-DD}
 * @param reboot whether it says that a reboot is needed
 * @param packages what it brings
 */
public record Advisory(
    int number,
    Kind kind,
    String severity,
    String issued,
    boolean reboot,
    List<String> cves,
    List<Rpm> packages) {

  /** What a notice is about. */
  public enum Kind {
    SECURITY,
    BUGFIX,
    ENHANCEMENT
  }

  public Advisory {
    cves = List.copyOf(cves);
    packages = List.copyOf(packages);
  }

  /** A security fix. */
  public static Advisory security(int number, String severity, List<String> cves, Rpm... packages) {
    return new Advisory(
        number, Kind.SECURITY, severity, "2026-01-02", false, cves, List.of(packages));
  }

  public static Advisory bugfix(int number, Rpm... packages) {
    return new Advisory(number, Kind.BUGFIX, "", "2026-01-02", false, List.of(), List.of(packages));
  }

  public static Advisory enhancement(int number, Rpm... packages) {
    return new Advisory(
        number, Kind.ENHANCEMENT, "", "2026-01-02", false, List.of(), List.of(packages));
  }

  public Advisory withIssued(String day) {
    return new Advisory(number, kind, severity, day, reboot, cves, packages);
  }

  public Advisory withReboot() {
    return new Advisory(number, kind, severity, issued, true, cves, packages);
  }

  /** Its element of updateinfo.xml, in the words of a family. */
  String xml(RpmFamily family) {
    String id = family.id(kind, number);
    StringBuilder xml = new StringBuilder();
    xml.append(
        """
        <update from="lab@invalid" status="final" type="%s" version="1">
          <id>%s</id>
          <title>%s update</title>
        """
            .formatted(family.word(kind), id, family.word(kind)));
    if (!severity.isEmpty()) {
      xml.append("  <severity>" + family.severity(severity) + "</severity>\n");
    }
    xml.append(
        """
          <issued date="%s 00:00:00"/>
          <updated date="%s 00:00:00"/>
          <release>Lab</release>
          <summary>%s</summary>
          <description>Notice %s</description>
          <references>
        """
            .formatted(issued, issued, family.word(kind), id));
    for (String cve : cves) {
      xml.append(
          "    <reference href=\"https://invalid/%s\" id=\"%s\" type=\"cve\" title=\"%s\"/>%n"
              .formatted(cve, cve, cve));
    }
    xml.append("  </references>\n  <pkglist><collection short=\"lab\"><name>lab</name>\n");
    for (Rpm rpm : packages) {
      xml.append(
          """
              <package name="%s" version="%s" release="%s" epoch="0" arch="%s" src="%s-%s-%s.src.rpm">
                <filename>%s</filename>%s
              </package>
          """
              .formatted(
                  rpm.name(),
                  rpm.version(),
                  Rpm.RELEASE,
                  Rpm.ARCH,
                  rpm.name(),
                  rpm.version(),
                  Rpm.RELEASE,
                  rpm.fileName(),
                  reboot ? "<reboot_suggested>True</reboot_suggested>" : ""));
    }
    return xml.append("  </collection></pkglist>\n</update>\n").toString();
  }
}

package dev.fleetmend.e2e.rpm;

import static dev.fleetmend.e2e.rpm.VendorRepository.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.rpm.Repository;
import dev.fleetmend.node.rpm.RepositoryIndex;
import dev.fleetmend.node.rpm.RpmOffers;
import dev.fleetmend.node.rpm.RpmPackage;
import dev.fleetmend.patching.decision.NodeHistory;
import dev.fleetmend.patching.decision.Selection;
import dev.fleetmend.patching.fact.Boot;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageLists;
import dev.fleetmend.patching.fact.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a repository's metadata, in the form in which each vendor writes it, to what the predefined
 * baseline of its operating system installs of it.
 */
class VendorListsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String NEWER = " 2.0 1 1767312000";

  @TempDir private Path repodata;

  /** Of a bug fix the severity is the word None; a text-only edit moves the date of a notice. */
  @Test
  void redHat() throws IOException {
    String notices =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <updates>
        <update from="release-engineering@invalid" status="final" type="security" version="3">
          <id>RHSA-2026:0101</id><title>Important: tls security update</title>
          <release>0</release><rights>Copyright</rights><solution>See the guide.</solution>
          <severity>Important</severity><summary>An update for tls.</summary>
          <pushcount>3</pushcount><description>Security fix (CVE-2026-1000)</description>
          <issued date="2026-01-05 08:10:11"/><updated date="2026-01-06 09:00:00"/>
          <references>
            <reference href="https://invalid/RHSA-2026:0101" id="RHSA-2026:0101" type="self"/>
            <reference href="https://invalid/2200001" id="2200001" type="bugzilla" title="CVE-2026-1000 tls: overrun"/>
            <reference href="https://invalid/CVE-2026-1000" id="CVE-2026-1000" type="cve"/>
            <reference href="https://invalid/#important" id="classification" type="other"/>
          </references>
          <pkglist><collection short="rhel-9-baseos"><name>BaseOS</name>
        """
            + named("tls", "2.0", "1")
            + "</collection></pkglist></update>"
            + redHat("RHSA-2026:0102", "security", "Moderate", "2026-01-05 08:10:11", "web")
            + redHat("RHBA-2026:0103", "bugfix", "None", "2026-01-05 08:10:11", "shell")
            + redHat("RHEA-2026:0104", "enhancement", "None", "2026-01-05 08:10:11", "editor")
            + redHat("RHSA-2026:0105", "security", "Critical", "2026-02-26 08:00:00", "young")
            + "</updates>";
    write(notices, "tls", "web", "shell", "editor", "young", "plain");

    OfferedVersion tls = offer("tls");
    assertThat(tls.classification()).isEqualTo("Security");
    assertThat(tls.severity()).isEqualTo("Important");
    assertThat(tls.advisories()).containsExactly("RHSA-2026:0101", "BZ#2200001");
    assertThat(tls.cves()).containsExactly("CVE-2026-1000");
    assertThat(Instant.ofEpochSecond(tls.releasedAt())).isEqualTo("2026-01-06T09:00:00Z");
    assertThat(offer("shell").severity()).isEmpty();
    assertThat(chosen("REDHAT_ENTERPRISE_LINUX")).containsExactly("shell", "tls");
  }

  private static String redHat(
      String id, String type, String severity, String updated, String name) {
    return """
        <update from="release-engineering@invalid" status="final" type="%s" version="1">
          <id>%s</id><severity>%s</severity>
          <issued date="2026-01-05 08:10:11"/><updated date="%s"/><references/>
          <pkglist><collection short="rhel-9-baseos"><name>BaseOS</name>%s</collection></pkglist>
        </update>
        """
        .formatted(type, id, severity, updated, named(name, "2.0", "1"));
  }

  /** Its predefined baseline takes important and moderate fixes; bug fixes have no severity. */
  @Test
  void oracle() throws IOException {
    write(
        "<updates>"
            + oracle("ELSA-2026-0101", "security", "IMPORTANT", "tls")
            + oracle("ELSA-2026-0102", "security", "MODERATE", "web")
            + oracle("ELSA-2026-50103", "security", "LOW", "kernel-uek")
            + oracle("ELBA-2026-0104", "bugfix", "N/A", "shell")
            + oracle("ELEA-2026-0105", "enhancement", "N/A", "editor")
            + "</updates>",
        "tls",
        "web",
        "kernel-uek",
        "shell",
        "editor");

    assertThat(offer("tls").severity()).isEqualTo("Important");
    assertThat(offer("tls").cves()).containsExactly("CVE-2026-1000");
    assertThat(offer("shell").classification()).isEqualTo("Bugfix");
    assertThat(offer("shell").severity()).isEmpty();
    assertThat(chosen("ORACLE_LINUX")).containsExactly("shell", "tls", "web");
  }

  private static String oracle(String id, String type, String severity, String name) {
    return """
        <update from="el-errata@invalid" status="final" type="%s" version="2.0">
          <id>%s</id><title>%s: %s update</title><issued date="2026-01-05"/><rights>Copyright</rights>
          <release>Oracle Linux 9</release><severity>%s</severity><description>Text</description>
          <references><reference type="self" href="https://invalid/%s.html" id="%s" title="%s"/>
          <reference type="cve" href="https://invalid/CVE-2026-1000.html" id="CVE-2026-1000" title="CVE-2026-1000"/>
          </references>
          <pkglist><collection short="ol9"><name>Oracle Linux 9</name>%s</collection></pkglist>
        </update>
        """
        .formatted(type, id, id, name, severity, id, id, id, named(name, "2.0", "1"));
  }

  /** Days without a time, no severity on bug fixes, and a word that says no to a reboot. */
  @Test
  void almaLinux() throws IOException {
    write(
        """
        <updates>
        <update from="packager@invalid" status="final" type="security" version="3">
          <id>ALSA-2026:0101</id><title>Important: tls security update</title>
          <issued date="2026-01-05"/><updated date="2026-01-07"/>
          <severity>Important</severity>
          <references>
            <reference href="https://invalid/RHSA-2026:0101" id="RHSA-2026:0101" type="rhsa" title="RHSA-2026:0101"/>
            <reference href="https://invalid/CVE-2026-1000" id="CVE-2026-1000" type="cve" title="CVE-2026-1000"/>
            <reference href="https://invalid/ALSA-2026-0101.html" id="ALSA-2026:0101" type="self" title="ALSA-2026:0101"/>
          </references>
          <pkglist><collection short="almalinux-9-baseos"><name>almalinux-9-baseos</name>
            <package name="tls" version="2.0" release="1" epoch="0" arch="x86_64" src="tls-2.0-1.src.rpm">
              <filename>tls-2.0-1.x86_64.rpm</filename><sum type="sha256">00</sum>
              <reboot_suggested>False</reboot_suggested>
            </package></collection></pkglist>
        </update>
        <update from="packager@invalid" status="final" type="bugfix" version="3">
          <id>ALBA-2026:0102</id><issued date="2026-01-05"/><updated date="2026-01-05"/>
          <severity></severity><references/>
          <pkglist><collection short="almalinux-9-baseos"><name>almalinux-9-baseos</name>
        """
            + named("shell", "2.0", "1")
            + "</collection></pkglist></update></updates>",
        "tls",
        "shell");

    assertThat(offer("tls").advisories()).containsExactly("ALSA-2026:0101");
    assertThat(Instant.ofEpochSecond(offer("tls").releasedAt())).isEqualTo("2026-01-07T00:00:00Z");
    assertThat(index().asksForReboot(installed("tls", "2.0-1").exact())).isFalse();
    assertThat(chosen("ALMA_LINUX")).containsExactly("shell", "tls");
  }

  /** Times in the form of ISO 8601, and severities that are unknown. */
  @Test
  void rockyLinux() throws IOException {
    String update =
        """
        <update from="releng@invalid" status="final" type="%s" version="2">
          <id>%s</id><title>%s</title><rights>Copyright</rights><release>Rocky Linux 9</release>
          <pushcount>1</pushcount><severity>%s</severity><summary>Text</summary>
          <issued date="2026-01-05T08:10:11Z"/><updated date="2026-01-05T08:10:11Z"/>
          <references><reference href="https://invalid/1" id="2200001" type="bugzilla" title=""/></references>
          <pkglist><collection short="rocky-9"><name>Rocky Linux 9</name>%s</collection></pkglist>
        </update>
        """;
    write(
        "<updates>"
            + update.formatted(
                "security", "RLSA-2026:0101", "tls", "Critical", named("tls", "2.0", "1"))
            + update.formatted(
                "bugfix", "RLBA-2026:0102", "shell", "Unknown", named("shell", "2.0", "1"))
            + update.formatted(
                "security", "RLSA-2026:0103", "web", "Unknown", named("web", "2.0", "1"))
            + "</updates>",
        "tls",
        "shell",
        "web");

    assertThat(Instant.ofEpochSecond(offer("tls").releasedAt())).isEqualTo("2026-01-05T08:10:11Z");
    assertThat(offer("web").severity()).isEmpty();
    assertThat(chosen("ROCKY_LINUX")).containsExactly("shell", "tls");
  }

  /** No notices at all: its predefined baseline takes everything, a week after it was built. */
  @Test
  void centOsStream() throws IOException {
    VendorRepository.write(
        repodata,
        List.of("tls" + NEWER, "young 2.0 1 " + NOW.minusSeconds(86_400).getEpochSecond()),
        "");

    assertThat(offer("tls").classification()).isEmpty();
    assertThat(chosen("CENTOS")).containsExactly("tls");
  }

  /** Severities in small letters; a bug fix without notice is none. */
  @Test
  void amazonLinux() throws IOException {
    write(
        "<?xml version=\"1.0\" ?><updates>"
            + amazon("ALAS2-2026-1001", "security", "important", "tls")
            + amazon("ALAS2-2026-1002", "security", "medium", "web")
            + amazon("ALAS2-2026-1003", "bugfix", "", "shell")
            + "</updates>",
        "tls",
        "web",
        "shell",
        "plain");

    assertThat(offer("tls").severity()).isEqualTo("Important");
    assertThat(offer("web").severity()).isEqualTo("Medium");
    assertThat(Instant.ofEpochSecond(offer("tls").releasedAt())).isEqualTo("2026-01-06T23:25:00Z");
    for (String system : List.of("AMAZON_LINUX_2", "AMAZON_LINUX_2023")) {
      assertThat(chosen(system)).as(system).containsExactly("shell", "tls");
    }
  }

  private static String amazon(String id, String type, String severity, String name) {
    return """
        <update author="linux-security@invalid" from="linux-security@invalid" status="final" \
        type="%s" version="1.4"><id>%s</id><title>Amazon Linux - %s: %s priority package update for %s</title>
        <issued date="2026-01-05 21:02" /><updated date="2026-01-06 23:25" /><severity>%s</severity>
        <description>Package updates</description><references>
        <reference href="https://invalid/CVE-2026-1000" id="CVE-2026-1000" type="cve" /></references>
        <pkglist><collection short="amazon-linux"><name>Amazon Linux</name>%s</collection></pkglist></update>
        """
        .formatted(type, id, id, severity, name, severity, named(name, "2.0", "1"));
  }

  /** Dates in seconds, and words of its own for the classes of patches. */
  @Test
  void suse() throws IOException {
    write(
        "<updates>"
            + suse("SUSE-SLE-Module-Basesystem-15-SP5-2026-101", "security", "important", "tls")
            + suse("SUSE-SLE-Module-Basesystem-15-SP5-2026-102", "security", "moderate", "web")
            + suse("SUSE-SLE-Module-Basesystem-15-SP5-2026-103", "recommended", "", "shell")
            + suse("SUSE-SLE-Module-Basesystem-15-SP5-2026-104", "optional", "low", "editor")
            + "</updates>",
        "tls",
        "web",
        "shell",
        "editor");

    assertThat(offer("tls").severity()).isEqualTo("Important");
    assertThat(offer("tls").cves()).containsExactly("CVE-2026-1000");
    assertThat(offer("tls").advisories())
        .containsExactly("SUSE-SLE-Module-Basesystem-15-SP5-2026-101", "BZ#1200001");
    assertThat(Instant.ofEpochSecond(offer("tls").releasedAt())).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(index().asksForReboot(installed("tls", "2.0-1").exact())).isTrue();
    assertThat(offer("shell").classification()).isEqualTo("Recommended");
    assertThat(chosen("SUSE")).containsExactly("tls");
  }

  private static String suse(String id, String type, String severity, String name) {
    String reboots =
        named(name, "2.0", "1")
            .replace("</filename>", "</filename><reboot_suggested>True</reboot_suggested>");
    return """
        <update from="maint-coord@invalid" status="stable" type="%s" version="1">
          <id>%s</id><title>%s update</title><severity>%s</severity>
          <release>SLE-Module-Basesystem 15 SP5</release><issued date="1767312000"/>
          <references><reference href="https://invalid/1200001" id="1200001" title="bug 1200001" type="bugzilla"/>
          <reference href="https://invalid/CVE-2026-1000/" id="CVE-2026-1000" title="CVE-2026-1000" type="cve"/></references>
          <pkglist><collection>%s</collection></pkglist>
        </update>
        """
        .formatted(type, id, name, severity, reboots);
  }

  private void write(String updateinfo, String... names) throws IOException {
    VendorRepository.write(
        repodata, Stream.of(names).map(name -> name + NEWER).toList(), updateinfo);
  }

  private static final List<String> NAMES =
      List.of("tls", "web", "shell", "editor", "young", "plain", "kernel-uek");

  private RepositoryIndex index() throws IOException {
    return RepositoryIndex.read(
        List.of(new Repository("updates", repodata, 99)),
        NAMES.stream().collect(Collectors.toSet()));
  }

  private static RpmPackage installed(String name, String version) {
    return new RpmPackage(name, "x86_64", version, name, 1);
  }

  private List<OfferedVersion> offers() throws IOException {
    return new RpmOffers(index(), version -> true)
        .of(NAMES.stream().map(name -> installed(name, "1.0-1")).toList());
  }

  private OfferedVersion offer(String name) throws IOException {
    return offers().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** The packages of which a newer version goes in, by name. */
  private List<String> chosen(String operatingSystem) throws IOException {
    HostFacts facts =
        new HostFacts(
            new Platform(operatingSystem, "Any1", "Any", "1", "x86_64"),
            "dnf",
            new Boot("boot-1", 1, false, List.of()),
            new PackageLists(NOW.getEpochSecond(), null),
            NAMES.stream()
                .map(name -> new InstalledPackage(name, "x86_64", "1.0-1", name, "", "", false, 1))
                .toList(),
            offers(),
            List.of());
    return Selection.of(PredefinedBaseline.of(operatingSystem), facts, NodeHistory.none(), NOW)
        .install()
        .stream()
        .map(version -> version.name())
        .sorted()
        .toList();
  }
}

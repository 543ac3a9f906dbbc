package dev.fleetmend.node.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.fact.OfferedVersion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RpmOffersTest {
  private static RepositoryIndex index(String... names) throws Exception {
    return RepositoryIndex.read(
        List.of(new Repository("lab-updates", Golden.path("updates"), 99)), Set.of(names));
  }

  private static RpmPackage installed(String name, String version) {
    return new RpmPackage(name, "noarch", version, name, 1);
  }

  @Test
  void offersEveryVersionFromTheInstalledOneUpWithItsNotices() throws Exception {
    List<OfferedVersion> offers =
        new RpmOffers(index("lab-app"), version -> true)
            .of(List.of(installed("lab-app", "1.1-1.lab")));

    assertThat(offers)
        .extracting(OfferedVersion::version)
        .containsExactly("1.2-1.lab", "1.1-1.lab");
    OfferedVersion fix = offers.getFirst();
    assertThat(fix.candidate()).isTrue();
    assertThat(fix.classification()).isEqualTo("Security");
    assertThat(fix.severity()).isEqualTo("Critical");
    assertThat(fix.advisories()).containsExactly("LAB-SA-2026:0002");
    assertThat(fix.cves()).containsExactly("CVE-2026-10001", "CVE-2026-10002");
    assertThat(fix.releasedAt()).isEqualTo(1767312000L);
    assertThat(fix.origins())
        .singleElement()
        .satisfies(at -> assertThat(at.codename()).isEqualTo("lab-updates"));
    assertThat(offers.getLast().classification()).isEqualTo("Bugfix");
  }

  @Test
  void whatTheAdministratorKeepsAwayIsNoCandidate() throws Exception {
    List<OfferedVersion> offers =
        new RpmOffers(index("lab-app"), version -> !version.version().equals("1.2-1.lab"))
            .of(List.of(installed("lab-app", "1.0-1.lab")));

    assertThat(offers)
        .filteredOn(OfferedVersion::candidate)
        .extracting(OfferedVersion::version)
        .containsExactly("1.1-1.lab");
  }

  @Test
  void aNoticeMayAskForAReboot() throws Exception {
    RepositoryIndex index = index("kernel", "lab-app");

    assertThat(index.asksForReboot(installed("kernel", "6.2-1.lab").exact())).isTrue();
    assertThat(index.asksForReboot(installed("lab-app", "1.2-1.lab").exact())).isFalse();
    assertThat(RpmHost.newerThanBoot(List.of(installed("lab-app", "1")), Set.of(), 2)).isEmpty();
    assertThat(RpmHost.newerThanBoot(List.of(installed("kernel", "1")), Set.of(), 0))
        .containsExactly("kernel");
  }

  @Test
  void readsDatesOfEveryVendor() {
    assertThat(UpdateinfoReader.seconds("2026-01-02 00:00:00")).isEqualTo(1767312000L);
    assertThat(UpdateinfoReader.seconds("2026-01-02")).isEqualTo(1767312000L);
    assertThat(UpdateinfoReader.seconds("2026-01-02T00:00:00Z")).isEqualTo(1767312000L);
    assertThat(UpdateinfoReader.seconds("2026-01-02 00:00")).isEqualTo(1767312000L);
    assertThat(UpdateinfoReader.seconds("1767312000")).isEqualTo(1767312000L);
    assertThat(UpdateinfoReader.seconds("")).isZero();
    assertThat(UpdateinfoReader.seconds("soon")).isEqualTo(-1);
  }
}

package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangelogsTest {
  @TempDir Path folder;

  @Test
  void readsVersionsCvesAndDates() throws IOException {
    List<ChangelogEntry> entries = ChangelogEntry.parse(Golden.read("debian12.openssl.changelog"));

    assertThat(entries.getFirst().version()).isEqualTo("3.0.22-1~deb12u2");
    assertThat(entries.getFirst().cves()).hasSize(6).contains("CVE-2026-84782");
    assertThat(entries.getFirst().releasedAt()).isEqualTo(1_792_576_464);
  }

  @Test
  void countsOnlyWhatIsNewerThanTheInstalledVersion() throws IOException {
    DpkgPackage installed =
        DpkgDatabase.parse(
                "libssl3\tamd64\t3.0.20-1~deb12u2\tii \tinstalled\topenssl\tlibs\toptional\n")
            .getFirst();
    Changelogs changelogs = new Changelogs(folder);
    assertThat(changelogs.between(installed, "3.0.22-1~deb12u2").cves()).isEmpty();

    changelogs.keep(
        "openssl",
        "3.0.22-1~deb12u2",
        ChangelogEntry.parse(Golden.read("debian12.openssl.changelog")));

    assertThat(new Changelogs(folder).between(installed, "3.0.22-1~deb12u2").cves())
        .contains("CVE-2026-84782", "CVE-2026-42767")
        .doesNotContain("CVE-2026-7383");
  }

  @Test
  void passesOverAKeptFileThatIsBroken() throws IOException {
    Files.writeString(folder.resolve("openssl_2"), "{\"entries\":[{");

    assertThat(new Changelogs(folder).has("openssl", "2")).isFalse();
  }
}

package dev.fleetmend.node.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnfConfigurationTest {
  private static final PackageVersion BAD = new PackageVersion("lab-app", "noarch", "1.2-1.lab");

  @Test
  void readsContinuedLinesAndComments() {
    assertThat(
            IniFile.parse(
                """
                [main]
                # exclude=nothing
                excludepkgs = kernel*,
                  glibc
                gpgcheck=1
                """))
        .containsEntry("main", Map.of("excludepkgs", "kernel*, glibc", "gpgcheck", "1"));
  }

  @Test
  void quarantineStandsBesideTheAdministratorsOwnLocks(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("versionlock.list");
    String own = "# Added lock on Fri\nlab-held-0:1.0-1.lab.*\n";
    Files.writeString(list, own);
    VersionLocks locks = new VersionLocks(list);
    DnfConfiguration none = DnfConfiguration.read(folder);

    locks.holdBack(List.of(BAD));
    locks.holdBack(List.of(BAD));

    assertThat(Files.readString(list))
        .startsWith(own)
        .containsOnlyOnce("!lab-app-0:1.2-1.lab.noarch");
    assertThat(locks.with(none).keepsAway(BAD)).isTrue();
    assertThat(locks.with(none).holds(new PackageId("lab-held", "noarch"))).isTrue();
    assertThat(locks.with(none).holds(new PackageId("lab-app", "noarch"))).isFalse();

    locks.holdBack(List.of());

    assertThat(Files.readString(list)).isEqualTo(own);
  }

  @Test
  void aRepositoryThatWasPassedOverIsAFailure() {
    assertThat(DnfLists.failureIn(new ProgramResult(0, "Metadata cache created.", ""))).isNull();
    assertThat(
            DnfLists.failureIn(
                new ProgramResult(
                    0, "", "Errors during downloading metadata for repository 'a':\n  - gone\n")))
        .isEqualTo("Errors during downloading metadata for repository 'a':; - gone");
  }

  @ParameterizedTest
  @CsvSource({
    "rhel,9.3,REDHAT_ENTERPRISE_LINUX,RedhatEnterpriseLinux9.3",
    "centos,9,CENTOS,CentOS9",
    "rocky,8.6,ROCKY_LINUX,RockyLinux8.6",
    "almalinux,9.2,ALMA_LINUX,AlmaLinux9.2",
    "ol,8.3,ORACLE_LINUX,OracleLinux8.3",
    "amzn,2023,AMAZON_LINUX_2023,AmazonLinux2023",
    "amzn,2,AMAZON_LINUX_2,AmazonLinux2"
  })
  void namesOperatingSystemsAsSsmDoes(String id, String version, String family, String product) {
    OsRelease release = new OsRelease(Map.of("ID", id, "VERSION_ID", version));

    assertThat(DnfPlatform.of(release, "x86_64").operatingSystem()).isEqualTo(family);
    assertThat(DnfPlatform.of(release, "x86_64").product()).isEqualTo(product);
  }
}

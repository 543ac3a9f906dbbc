package dev.fleetmend.node.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.manager.PackageId;
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

class RpmConfigurationTest {
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

  @ParameterizedTest
  @CsvSource({
    "BEFORE_VERSION, lab-held-0:1.0-1.lab.*, !lab-app-0:1.2-1.lab.noarch",
    "BEFORE_NAME, 0:lab-held-1.0-1.lab.*, !0:lab-app-1.2-1.lab.noarch"
  })
  void quarantineStandsBesideTheAdministratorsOwnLocks(
      VersionLocks.EpochPlace epochs, String held, String keptAway, @TempDir Path folder)
      throws IOException {
    Path list = folder.resolve("versionlock.list");
    String own = "# Added lock on Fri\n" + held + "\n";
    Files.writeString(list, own);
    VersionLocks locks = new VersionLocks(list, epochs);
    RepositoryDefinitions none = RepositoryDefinitions.read(list, List.of());

    locks.holdBack(List.of(BAD));
    locks.holdBack(List.of(BAD));

    assertThat(Files.readString(list)).startsWith(own).containsOnlyOnce(keptAway);
    assertThat(locks.with(none).keepsAway(BAD)).isTrue();
    assertThat(locks.with(none).holds(new PackageId("lab-held", "noarch"))).isTrue();
    assertThat(locks.with(none).holds(new PackageId("lab-app", "noarch"))).isFalse();

    locks.holdBack(List.of());

    assertThat(Files.readString(list)).isEqualTo(own);
  }

  @Test
  void readsWhatIsEnabledFromTheMainFileAndTheFolders(@TempDir Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("KEY"), "key");
    Path main = folder.resolve("yum.conf");
    Files.writeString(
        main,
        """
        [main]
        gpgcheck=1
        exclude=kernel* glibc
        [own]
        baseurl=file:///srv/own
        """);
    Files.writeString(
        folder.resolve("a.repo"),
        """
        [core]
        priority=10
        gpgkey=file://%s file:///nowhere
        exclude=php*
        [extra]
        gpgcheck=0
        [off]
        enabled = False
        """
            .formatted(key));

    RepositoryDefinitions read = RepositoryDefinitions.read(main, List.of(folder));

    assertThat(read.ids()).containsExactlyInAnyOrder("own", "core", "extra");
    assertThat(read.excludes()).containsExactly("kernel*", "glibc", "php*");
    assertThat(read.priority("core", 99)).isEqualTo(10);
    assertThat(read.priority("extra", 99)).isEqualTo(99);
    assertThat(read.wantsSignatures("core")).isTrue();
    assertThat(read.wantsSignatures("extra")).isFalse();
    assertThat(read.keys("core")).containsExactly(key);
  }

  @Test
  void readsWhatDnf5AddsAndOverrides(@TempDir Path folder) throws IOException {
    Path main = folder.resolve("dnf.conf");
    Files.writeString(main, "[main]\nexcludepkgs=glibc\npkg_gpgcheck=1\n");
    Path dropIns = Files.createDirectory(folder.resolve("libdnf5.conf.d"));
    Files.writeString(dropIns.resolve("20.conf"), "[main]\nexcludepkgs=kernel*\ngpgcheck=0\n");
    Files.writeString(folder.resolve("a.repo"), "[core]\n[core-debug]\nenabled=0\n[extra]\n");
    Path overrides = Files.createDirectory(folder.resolve("repos.override.d"));
    Files.writeString(
        overrides.resolve("99.repo"),
        "[core*]\nenabled=1\npriority=5\n[extra]\nenabled=0\n[nowhere]\nenabled=1\n");

    RepositoryDefinitions read =
        RepositoryDefinitions.read(main, List.of(dropIns), List.of(folder), List.of(overrides));

    assertThat(read.ids()).containsExactlyInAnyOrder("core", "core-debug");
    assertThat(read.priority("core", 99)).isEqualTo(5);
    assertThat(read.excludes()).containsExactly("kernel*", "glibc");
    assertThat(read.wantsSignatures("core")).isTrue();
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

    assertThat(RpmPlatform.of(release, "x86_64").operatingSystem()).isEqualTo(family);
    assertThat(RpmPlatform.of(release, "x86_64").product()).isEqualTo(product);
  }
}

package dev.fleetmend.node.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.rpm.VersionHolds;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Dnf5ConfigurationTest {
  private static final PackageVersion GOOD = new PackageVersion("lab-good", "noarch", "1.1-1");
  private static final PackageVersion BAD = new PackageVersion("lab-app", "noarch", "2:1.2-1");

  @TempDir private Path folder;

  private Dnf5Locks locks() throws IOException {
    Path toml = folder.resolve("versionlock.toml");
    try (InputStream in =
        Dnf5ConfigurationTest.class.getResourceAsStream("dnf5.versionlock.toml")) {
      Files.write(toml, Objects.requireNonNull(in).readAllBytes());
    }
    return new Dnf5Locks(toml, folder.resolve("conf.d/80-fleetmend-quarantine.conf"));
  }

  @Test
  void aLockHoldsThePackageAndAnExclusionKeepsOneVersionAway() throws IOException {
    VersionHolds holds = locks().with(List.of("kernel*"));

    assertThat(holds.holds(new PackageId("lab-held", "noarch"))).isTrue();
    assertThat(holds.holds(new PackageId("kernel-core", "x86_64"))).isTrue();
    assertThat(holds.holds(new PackageId("lab-good", "noarch"))).isFalse();
    assertThat(holds.keepsAway(GOOD)).isTrue();
    assertThat(holds.keepsAway(new PackageVersion("lab-good", "noarch", "1.2-1"))).isFalse();
  }

  @Test
  void quarantineStandsInAFileOfItsOwn() throws IOException {
    Dnf5Locks locks = locks();
    String before = Files.readString(folder.resolve("versionlock.toml"));
    Path own = folder.resolve("conf.d/80-fleetmend-quarantine.conf");

    locks.holdBack(List.of(BAD, GOOD));

    assertThat(Files.readString(own))
        .endsWith("[main]\nexcludepkgs=lab-app-2:1.2-1.noarch,lab-good-0:1.1-1.noarch\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rw-r--r--");
    VersionHolds holds = locks.with(List.of("lab-app-2:1.2-1.noarch", "glibc"));
    assertThat(holds.keepsAway(BAD)).isTrue();
    assertThat(holds.excluded()).containsExactly("glibc");

    locks.holdBack(List.of());

    assertThat(own).doesNotExist();
    assertThat(Files.readString(folder.resolve("versionlock.toml"))).isEqualTo(before);
  }

  @Test
  void theHostsOwnDnfIsTheOneThatIsCalledSo() throws IOException {
    assertThat(DnfGeneration.of(folder)).isEmpty();
    program("dnf5");
    assertThat(DnfGeneration.of(folder)).contains(DnfGeneration.FIVE);
    Files.createSymbolicLink(folder.resolve("dnf"), Path.of("dnf5"));
    assertThat(DnfGeneration.of(folder)).contains(DnfGeneration.FIVE);
    Files.delete(folder.resolve("dnf"));
    program("dnf");
    assertThat(DnfGeneration.of(folder)).contains(DnfGeneration.FOUR);
  }

  private void program(String name) throws IOException {
    Files.createFile(
        folder.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  @Test
  void amazonLinux2023IsLookedAtInItsNewestReleaseApartFromDnfsOwnCache() throws IOException {
    Path own = folder.resolve("apart");
    OsRelease amazon = new OsRelease(Map.of("ID", "amzn", "VERSION_ID", "2023"));
    OsRelease rocky = new OsRelease(Map.of("ID", "rocky", "VERSION_ID", "9.3"));

    DnfPlaces versioned = DnfPlaces.of(DnfGeneration.FOUR, amazon, own, false);

    assertThat(versioned.cache()).isEqualTo(own);
    assertThat(versioned.options()).contains("--releasever=latest", "--setopt=cachedir=" + own);
    assertThat(DnfPlaces.of(DnfGeneration.FOUR, rocky, own, false))
        .isEqualTo(new DnfPlaces(DnfGeneration.FOUR, Path.of("/var/cache/dnf"), List.of()));
    assertThat(DnfPlaces.of(DnfGeneration.FIVE, rocky, own, true).options())
        .doesNotContain("--releasever=latest")
        .contains("--setopt=system_cachedir=" + own);
  }
}

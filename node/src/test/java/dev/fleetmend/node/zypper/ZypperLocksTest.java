package dev.fleetmend.node.zypper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZypperLocksTest {
  private static final PackageVersion GOOD = new PackageVersion("lab-good", "noarch", "1.1-1");

  @TempDir Path folder;
  private Path file;
  private ZypperLocks locks;

  @BeforeEach
  void copyTheLocksOfARealHost() throws IOException {
    file = folder.resolve("locks");
    try (InputStream in =
        Objects.requireNonNull(ZypperLocksTest.class.getResourceAsStream("sles15.locks"))) {
      Files.copy(in, file);
    }
    locks = new ZypperLocks(file, folder.resolve("own-locks.json"));
  }

  @Test
  void tellsALockOfAPackageFromOneOfAVersion() throws IOException {
    LockedPackages locked = new LockedPackages(locks.read());

    assertThat(locks.names()).containsExactly("lab-held");
    assertThat(locked.keep("lab-held", "1.0-1")).isTrue();
    assertThat(locked.keep("lab-app", "1.0-1")).isFalse();
    assertThat(locked.bar("lab-app", "1.2-1")).isTrue();
    assertThat(locked.bar("lab-app", "1.3-1")).isFalse();
    assertThat(locked.bar("lab-held", "1.1-1")).isFalse();
  }

  @Test
  void holdsVersionsBackAndLetsThemGoWithoutTouchingTheAdministratorsLocks() throws IOException {
    locks.holdBack(List.of(GOOD, new PackageVersion("evil\nrepo: x", "noarch", "1-1")));

    assertThat(new LockedPackages(locks.read()).bar("lab-good", "1.1-1")).isTrue();
    assertThat(Files.readString(file)).doesNotContain("evil");

    locks.holdBack(List.of());
    assertThat(new LockedPackages(locks.read()).bar("lab-good", "1.1-1")).isFalse();
    assertThat(new LockedPackages(locks.read()).bar("lab-app", "1.2-1")).isTrue();
    assertThat(locks.names()).containsExactly("lab-held");
  }

  @Test
  void putsBackWhatWasLocked() throws IOException {
    List<String> before = locks.names();
    Files.delete(file);

    locks.restore(before);

    assertThat(locks.names()).isEqualTo(before);
  }
}

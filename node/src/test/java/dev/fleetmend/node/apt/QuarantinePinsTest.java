package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantinePinsTest {
  @TempDir Path folder;

  @Test
  void pinsExactVersionsAndLetsThemGo() throws IOException {
    Path file = folder.resolve("preferences.d/fleetmend-quarantine");
    QuarantinePins pins = new QuarantinePins(file, "amd64");

    pins.write(
        List.of(
            new PackageVersion("openssl", "amd64", "3.0.22-1~deb12u2"),
            new PackageVersion("libc6", "i386", "2.36"),
            new PackageVersion("evil\nPin: release *", "all", "1")));

    assertThat(Files.readString(file))
        .contains("\nPackage: openssl\nPin: version 3.0.22-1~deb12u2\nPin-Priority: -1\n")
        .contains("\nPackage: libc6:i386\nPin: version 2.36\n")
        .doesNotContain("evil");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");

    pins.write(List.of());
    assertThat(file).doesNotExist();
  }

  @Test
  void namesThatAptCouldTakeForOptionsAreRefused() {
    assertThatThrownBy(() -> AptNames.exact(new PackageVersion("-o", "all", "1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AptNames.exact(new PackageVersion("a", "all", "1 b-")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.apt.PackageScripts.Script;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageScriptsTest {
  @Test
  void knowsScriptsAsDpkgCallsThem() {
    assertThat(
            PackageScripts.scriptIn(
                List.of("/bin/sh", "/var/lib/dpkg/info/libc6:amd64.postinst", "configure", "2.36")))
        .contains(new Script("libc6", "/var/lib/dpkg/info/libc6:amd64.postinst configure"));
    assertThat(PackageScripts.scriptIn(List.of("/var/lib/dpkg/tmp.ci/preinst", "upgrade", "1.0")))
        .contains(new Script("", "/var/lib/dpkg/tmp.ci/preinst upgrade"));
  }

  @Test
  void aScriptThatSomebodyReadsDoesNotRun() {
    assertThat(PackageScripts.scriptIn(List.of("less", "/var/lib/dpkg/info/bash.postinst")))
        .isEmpty();
    assertThat(PackageScripts.scriptIn(List.of("less", "/var/lib/dpkg/info/bash.list", "x")))
        .isEmpty();
  }

  @Test
  void whatAWholePackageLeftInTheBackgroundIsNotInterrupted() {
    List<DpkgPackage> packages =
        List.of(
            dpkgPackage("whole", "ii ", "installed"),
            dpkgPackage("half", "iF ", "half-configured"));

    assertThat(new Script("whole", "").isInterrupted(packages)).isFalse();
    assertThat(new Script("half", "").isInterrupted(packages)).isTrue();
    assertThat(new Script("", "").isInterrupted(packages)).isTrue();
    assertThat(new Script("", "").isInterrupted(packages.subList(0, 1))).isFalse();
  }

  private static DpkgPackage dpkgPackage(String name, String abbreviation, String state) {
    return new DpkgPackage(name, "all", "1.0", abbreviation, state, name, "admin", "optional");
  }
}

package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackageScriptsTest {
  @Test
  void knowsScriptsAsDpkgCallsThem() {
    assertThat(
            PackageScripts.scriptIn(
                List.of("/bin/sh", "/var/lib/dpkg/info/libc6:amd64.postinst", "configure", "2.36")))
        .contains("/var/lib/dpkg/info/libc6:amd64.postinst configure");
    assertThat(PackageScripts.scriptIn(List.of("/var/lib/dpkg/tmp.ci/preinst", "upgrade", "1.0")))
        .isPresent();
  }

  @Test
  void aScriptThatSomebodyReadsDoesNotRun() {
    assertThat(PackageScripts.scriptIn(List.of("less", "/var/lib/dpkg/info/bash.postinst")))
        .isEmpty();
    assertThat(PackageScripts.scriptIn(List.of("less", "/var/lib/dpkg/info/bash.list", "x")))
        .isEmpty();
  }
}

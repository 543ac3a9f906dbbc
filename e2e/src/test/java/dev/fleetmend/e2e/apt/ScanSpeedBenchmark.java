package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a scan takes beside {@code apt list --upgradable} on the same root in the same run, with
 * lists that lie there unpacked, as apt leaves them on a server that was not told otherwise. Prints
 * medians in milliseconds and judges none of them; {@code ./fleetmend benchmark} runs it.
 */
@Tag("benchmark")
class ScanSpeedBenchmark {
  private static final String CONTROL =
      """
      Package: lab-probe
      Version: 1
      Architecture: all
      Maintainer: Lab <lab@invalid>
      Description: comes and goes
      """;

  @Test
  void scansBesideSimulatedUpgrades(@TempDir Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    try (Lab lab = Lab.open(folder.resolve("lab"));
        PatchedHost patched = PatchedHost.boot(lab, "speed", BaseRoot.DEBIAN_SERVER)) {
      patched.host().write("/etc/apt/apt.conf.d/zz-plain", "Acquire::GzipIndexes \"false\";\n");
      patched.host().exec("sh", "-c", "rm /var/lib/apt/lists/*Packages*").orThrow();
      patched.apt("update").orThrow();
      String build = "mkdir -p /root/p/DEBIAN && printf %s \"$1\" >/root/p/DEBIAN/control";
      patched.host().exec("sh", "-c", build, "sh", CONTROL).orThrow();
      patched.host().exec("dpkg-deb", "-b", "/root/p", "/root/p.deb").orThrow();

      String said = patched.java(ScanSpeed.class, "/root/p.deb").run().orThrow();

      assertThat(said).containsPattern("unchanged \\d+/\\d+ .*all lists \\d+/\\d+");
      System.out.println(
          "BENCHMARK scan of apt/apt list --upgradable, milliseconds: " + said.strip());
    }
  }
}

package dev.fleetmend.e2e.zypper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.Advisory;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a scan takes beside {@code zypper -x list-patches} on the same root in the same run.
 * Prints medians in milliseconds and judges none of them; {@code ./fleetmend benchmark} runs it.
 */
@Tag("benchmark")
class ScanSpeedBenchmark {
  private static final int PACKAGES = 200;

  @Test
  void scansBesideListedPatches(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    try (Lab lab = Lab.open(folder.resolve("lab"));
        PatchedHost patched = PatchedHost.boot(lab, "speed", BaseRoot.RPM_ZYPPER)) {
      RpmArchive archive = lab.rpmArchive(RpmFamily.ZYPPER);
      for (int i = 1; i <= PACKAGES; i++) {
        archive.add(RpmRepository.BASE, Rpm.of("lab-many" + i, "1.0"));
        archive.add(
            Advisory.security(
                i, "Moderate", List.of("CVE-2026-" + (20000 + i)), Rpm.of("lab-many" + i, "1.1")));
      }
      archive.publish();
      archive.installReleased(patched.host());
      archive.add(RpmRepository.BASE, Rpm.of("lab-probe", "1.0")).publish();

      String said =
          patched
              .java(ScanSpeed.class, "/srv/lab/rpm-zypper/lab-base/lab-probe-1.0-1.noarch.rpm")
              .run()
              .orThrow();

      assertThat(said).containsPattern("zypper \\d+ scan \\d+ changed \\d+");
      System.out.println("BENCHMARK scan, milliseconds: " + said.strip());
    }
  }
}

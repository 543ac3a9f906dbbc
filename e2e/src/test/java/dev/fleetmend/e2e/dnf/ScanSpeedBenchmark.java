package dev.fleetmend.e2e.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.RpmFamily;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a scan takes beside {@code dnf check-update} on the same root in the same run. Prints
 * medians in milliseconds and judges none of them; {@code ./fleetmend benchmark} runs it.
 */
@Tag("benchmark")
class ScanSpeedBenchmark {
  private static final String FIND = "find /srv/lab -name 'lab-extra-1.0*.rpm' | head -1";

  @Test
  void scansBesideCheckUpdate(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    try (Lab lab = Lab.open(folder.resolve("lab"));
        PatchedHost patched = PatchedHost.boot(lab, "dnf-speed", BaseRoot.RPM_DNF)) {
      lab.wellKnownRpmArchive(RpmFamily.DNF).installReleased(patched.host());
      String rpm = patched.host().exec("sh", "-c", FIND).orThrow().strip();

      String said = patched.java(ScanSpeed.class, rpm).run().orThrow();

      assertThat(said).containsPattern("dnf \\d+ scan \\d+");
      System.out.println("BENCHMARK scan, milliseconds: " + said.strip());
    }
  }
}

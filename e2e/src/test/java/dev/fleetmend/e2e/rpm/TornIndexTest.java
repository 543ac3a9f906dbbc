package dev.fleetmend.e2e.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut that leaves Berkeley DB, which older rpms use, with an index that is not whole. */
@Tag("lab")
@Tag("slow")
class TornIndexTest {
  private static final String PROVIDES = "/var/lib/rpm/Providename";

  /** yum has said its last word, and what Berkeley DB had in memory never came to the disk. */
  private static final String AFTERWARDS =
      "printf '\\nComplete!\\n' | tee -a /var/lib/fleetmend/journal/*/log"
          + " && cp -a /root/provides /var/lib/rpm/Providename && rm -f /var/lib/rpm/__db.*";

  private static final String[] INSTALL = {
    "Operation=Install", "RebootOption=NoReboot", "plan=lab-lib:1.1-1,lab-app:1.1-1"
  };

  @Test
  void isBuiltAnewBeforeTheTransactionGoesOn(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    try (Lab lab = Lab.open(folder.resolve("lab"))) {
      lab.obstacle(RpmFamily.YUM.root()).ifPresent(Assumptions::abort);
      String waits = ": >/run/here; while [ -e /run/gate ]; do sleep 0.05; done";
      RpmArchive archive =
          lab.rpmArchive(RpmFamily.YUM)
              .add(RpmRepository.BASE, Rpm.of("lab-lib", "1.0"))
              .add(RpmRepository.BASE, app("1.0"))
              .add(RpmRepository.UPDATES, Rpm.of("lab-lib", "1.1"))
              .add(RpmRepository.UPDATES, app("1.1").withScript("posttrans", waits))
              .publish();
      try (RpmPatchedHost patched =
          RpmPatchedHost.released(lab, archive, RpmFamily.YUM, "torn-index")) {
        LabHost host = patched.host();
        host.exec("cp", "-a", PROVIDES, "/root/provides").orThrow();
        host.write("/run/gate", "");
        Process run = patched.patched().command("run-1", INSTALL).start();
        await()
            .atMost(Duration.ofMinutes(2))
            .failFast("the run is over", () -> !run.isAlive())
            .until(() -> Files.exists(host.path("/run/here")));
        host.powerCut();
        run.destroyForcibly();
        host.boot();
        host.exec("sh", "-c", AFTERWARDS).orThrow();

        ExecResult end = patched.patch("run-1", INSTALL);

        assertThat(end.exitCode()).as(end.toString()).isZero();
        assertThat(patched.packages()).contains("lab-lib-1.1-1", "lab-app-1.1-1");
        assertThat(host.exec("rpm", "-q", "--whatprovides", "lab-lib").orThrow().strip())
            .isEqualTo("lab-lib-1.1-1.noarch");
        ExecResult verified = host.exec("rpm", "-V", "lab-app", "lab-lib");
        assertThat(verified.stdout()).isEmpty();
        assertThat(verified.exitCode()).isZero();
      }
    }
  }

  private static Rpm app(String version) {
    return Rpm.of("lab-app", version).withTag("Requires", "lab-lib = " + version);
  }
}

package dev.fleetmend.e2e.dnf5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.rpm.InstallCases;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.RpmFamily;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whole patch runs on a host with dnf 5. */
class InstallAndRollbackTest extends InstallCases {
  private static final String LOCKS = "/etc/dnf/versionlock.toml";

  /** Whether a package's script runs. */
  private static final String SCRIPT_RUNS = "grep -aqs rpm-tmp /proc/[0-9]*/cmdline";

  private static final String KILL =
      "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q '^dnf5 -y'"
          + " && kill -9 ${p#/proc/}; done; true";

  private String locks = "";

  InstallAndRollbackTest() {
    super(RpmFamily.DNF5);
  }

  @Override
  protected void hold(LabHost host) {
    host.exec("dnf5", "-q", "versionlock", "add", "lab-held").orThrow();
    locks = host.read(LOCKS);
  }

  @Override
  protected boolean isAutomatic(LabHost host, String name) {
    String[] query = {"dnf5", "-C", "-q", "repoquery", "--installed", "--qf", "%{reason}", name};
    return host.exec(query).orThrow().strip().equals("Dependency");
  }

  @Override
  protected void goesByWhatIsHeld(PatchedHost patched) {
    LabHost host = patched.host();
    assertThat(host.exec("dnf5", "-q", "check-upgrade").stdout()).contains("lab-slow");
    assertThat(host.exec("dnf5", "-y", "upgrade", "lab-good", "lab-slow").exitCode()).isZero();
    assertThat(packages(patched)).contains("lab-good-1.0-1.noarch", "lab-slow-1.1-1.noarch");
    assertThat(host.read(LOCKS)).isEqualTo(locks);
  }

  @Test
  void killedInTheMiddleEveryPackageIsWhollyNewInTheEnd() {
    try (PatchedHost patched = host("killed")) {
      String[] install = {INSTALL, NO_REBOOT, "plan=lab-cli,lab-slow,lab-grow"};
      String before = packages(patched);
      Process running = patched.command("install-1", install).start();
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> patched.host().exec("sh", "-c", SCRIPT_RUNS).exitCode() == 0);

      patched.host().exec("sh", "-c", KILL).orThrow();
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !running.isAlive());
      ExecResult again = patched.patch("install-1", install);

      assertThat(again.exitCode()).as(again.toString()).isZero();
      assertThat(packages(patched))
          .contains("lab-cli-1.2-1.noarch", "lab-slow-1.1-1.noarch", "lab-extra-1.0-1.noarch")
          .doesNotContain("lab-cli-1.0", "lab-slow-1.0", "lab-grow-1.0");
      patched.patch("uninstall-1", "Operation=Uninstall").orThrow();
      assertThat(packages(patched)).isEqualTo(before);
    }
  }
}

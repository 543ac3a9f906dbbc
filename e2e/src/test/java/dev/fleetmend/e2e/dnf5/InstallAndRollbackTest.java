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

  /** Whether a package's script runs. */
  private static final String SCRIPT_RUNS = "grep -aqs rpm-tmp /proc/[0-9]*/cmdline";

  private static final String KILL =
      "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q '^dnf5 -y'"
          + " && kill -9 ${p#/proc/}; done; true";

  InstallAndRollbackTest() {
    super(RpmFamily.DNF5);
  }

  @Test
  void everyAwkwardPackageIsReportedAsItStandsAndGoesBack() {
    try (PatchedHost patched = host("awkward")) {
      LabHost host = patched.host();
      host.exec("dnf5", "-q", "versionlock", "add", "lab-held").orThrow();
      String locks = host.read("/etc/dnf/versionlock.toml");
      String before = packages(patched);

      ExecResult installed =
          patched.patch(
              "install-1",
              INSTALL,
              NO_REBOOT,
              "plan=lab-cli,lab-good,lab-held,lab-broken,lab-warn,lab-norm,lab-grow,lab-rival,"
                  + "lab-mask,lab-settings,kernel");

      assertThat(installed.exitCode()).as(installed.toString()).isEqualTo(1);
      assertThat(PatchedHost.reported(installed.stdout()))
          .as(installed.toString())
          .contains(
              "Install lab-cli 1.0-1 1.2-1 DONE",
              "Install lab-app 1.0-1 1.2-1 DONE",
              "Install lab-good 1.0-1 1.1-1 DONE",
              "Install lab-warn 1.0-1 1.1-1 DONE",
              "Install lab-norm 1.0-1 1.1-1 DONE",
              "Install lab-grow 1.0-1 1.1-1 DONE",
              "Install lab-extra null 1.0-1 DONE",
              "Install lab-mask 1.0-1 1.2-1 DONE",
              "Install kernel 6.1-1 6.2-1 DONE",
              "Install lab-held 1.0-1 1.1-1 REFUSED",
              "Install lab-rival 1.0-1 2.0-1 REFUSED",
              "Install lab-broken 1.0-1 1.1-1 FAILED");
      assertThat(installed.stdout())
          .contains("pre fails on purpose", "post fails on purpose", "held on this host")
          .doesNotContain("UNFINISHED");
      assertThat(packages(patched)).contains("kernel-6.1-1.noarch", "kernel-6.2-1.noarch");
      assertThat(reason(host, "lab-extra")).isEqualTo("Dependency");
      assertThat(reason(host, "lab-grow")).isEqualTo("User");

      moveOn(patched);
      ExecResult rolledBack = patched.patch("uninstall-1", "Operation=Uninstall");

      assertThat(rolledBack.exitCode()).as(rolledBack.toString()).isZero();
      assertThat(packages(patched)).isEqualTo(before);
      assertThat(host.exec("dnf5", "-q", "check-upgrade").stdout()).contains("lab-slow");
      assertThat(host.exec("dnf5", "-y", "upgrade", "lab-good", "lab-slow").exitCode()).isZero();
      assertThat(packages(patched)).contains("lab-good-1.0-1.noarch", "lab-slow-1.1-1.noarch");
      assertThat(host.read("/etc/dnf/versionlock.toml")).isEqualTo(locks);
    }
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

  private static String reason(LabHost host, String name) {
    String[] query = {"dnf5", "-C", "-q", "repoquery", "--installed", "--qf", "%{reason}", name};
    return host.exec(query).orThrow().strip();
  }
}

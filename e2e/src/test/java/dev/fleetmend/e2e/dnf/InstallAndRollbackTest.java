package dev.fleetmend.e2e.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.rpm.InstallCases;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.RpmFamily;
import org.junit.jupiter.api.Test;

/** Whole patch runs on hosts with dnf. */
class InstallAndRollbackTest extends InstallCases {
  InstallAndRollbackTest() {
    super(RpmFamily.DNF);
  }

  @Test
  void everyAwkwardPackageIsReportedAsItStandsAndGoesBack() {
    try (PatchedHost patched = host("awkward")) {
      patched.host().exec("dnf", "-q", "versionlock", "add", "lab-held-1.0*").orThrow();
      String before = packages(patched);

      ExecResult installed =
          patched.patch(
              "install-1",
              INSTALL,
              NO_REBOOT,
              "plan=lab-cli,lab-good,lab-held,lab-broken,lab-warn,lab-norm,lab-reboot,lab-grow,"
                  + "lab-rival,lab-mask,lab-settings,kernel");

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
      assertThat(packages(patched))
          .contains("kernel-6.1-1.noarch", "kernel-6.2-1.noarch")
          .contains("lab-broken-1.0-1.noarch", "lab-held-1.0-1.noarch", "lab-warn-1.1-1.noarch");
      assertThat(reason(patched, "lab-extra")).isEqualTo("dependency");
      assertThat(reason(patched, "lab-grow")).isEqualTo("user");

      moveOn(patched);
      ExecResult rolledBack = patched.patch("uninstall-1", "Operation=Uninstall");

      assertThat(rolledBack.exitCode()).as(rolledBack.toString()).isZero();
      assertThat(PatchedHost.reported(rolledBack.stdout()))
          .contains(
              "Rollback lab-cli 1.2-1 1.0-1 DONE",
              "Rollback lab-extra 1.0-1 null DONE",
              "Rollback kernel 6.2-1 6.1-1 DONE");
      assertThat(packages(patched)).isEqualTo(before);
      assertThat(patched.host().exec("dnf", "-q", "check-update").stdout())
          .doesNotContain("lab-good", "1.2-1")
          .contains("lab-slow");
      assertThat(patched.host().read("/etc/dnf/plugins/versionlock.list"))
          .contains("lab-held-0:1.0-1.*", "!lab-good-0:1.1-1.noarch");
    }
  }

  private static String reason(PatchedHost patched, String name) {
    String[] query = {"dnf", "-C", "-q", "repoquery", "--installed", "--qf", "%{reason}", name};
    return patched.host().exec(query).orThrow().strip();
  }
}

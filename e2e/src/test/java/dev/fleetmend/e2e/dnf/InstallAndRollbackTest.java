package dev.fleetmend.e2e.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.rpm.InstallCases;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.RpmFamily;

/** Whole patch runs on hosts with dnf. */
class InstallAndRollbackTest extends InstallCases {
  InstallAndRollbackTest() {
    super(RpmFamily.DNF);
  }

  @Override
  protected void hold(LabHost host) {
    host.exec("dnf", "-q", "versionlock", "add", "lab-held-1.0*").orThrow();
  }

  @Override
  protected boolean isAutomatic(LabHost host, String name) {
    String[] query = {"dnf", "-C", "-q", "repoquery", "--installed", "--qf", "%{reason}", name};
    return host.exec(query).orThrow().strip().equals("dependency");
  }

  @Override
  protected void goesByWhatIsHeld(PatchedHost patched) {
    assertThat(patched.host().exec("dnf", "-q", "check-update").stdout())
        .doesNotContain("lab-good", "1.2-1")
        .contains("lab-slow");
    assertThat(patched.host().read("/etc/dnf/plugins/versionlock.list"))
        .contains("lab-held-0:1.0-1.*", "!lab-good-0:1.1-1.noarch");
  }
}

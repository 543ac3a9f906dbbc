package dev.fleetmend.e2e.yum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.rpm.InstallCases;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.RpmFamily;

/** Whole patch runs on hosts with yum 3, where this machine was given a root of one. */
class InstallAndRollbackTest extends InstallCases {
  InstallAndRollbackTest() {
    super(RpmFamily.YUM);
  }

  @Override
  protected void hold(LabHost host) {
    host.exec("yum", "-q", "versionlock", "add", "lab-held-1.0*").orThrow();
  }

  @Override
  protected boolean isAutomatic(LabHost host, String name) {
    String notes = "cat /var/lib/yum/yumdb/l/*-" + name + "-*/reason";
    return host.exec("sh", "-c", notes).orThrow().strip().equals("dep");
  }

  @Override
  protected void goesByWhatIsHeld(PatchedHost patched) {
    assertThat(patched.host().exec("yum", "check-update").stdout())
        .doesNotContain("lab-good", "1.2-1")
        .contains("lab-slow");
    assertThat(patched.host().read("/etc/yum/pluginconf.d/versionlock.list"))
        .contains("0:lab-held-1.0-1.*", "!0:lab-good-1.1-1.noarch");
  }
}

package dev.fleetmend.e2e.zypper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.rpm.InstallCases;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.RpmFamily;

/** Whole patch runs on hosts with zypper. */
class InstallAndRollbackTest extends InstallCases {
  InstallAndRollbackTest() {
    super(RpmFamily.ZYPPER);
  }

  @Override
  protected void hold(LabHost host) {
    host.exec("zypper", "-n", "addlock", "lab-held").orThrow();
  }

  @Override
  protected boolean isAutomatic(LabHost host, String name) {
    return automatic(host).contains(name);
  }

  @Override
  protected void goesByWhatIsHeld(PatchedHost patched) {
    LabHost host = patched.host();
    assertThat(host.exec("zypper", "-q", "locks").stdout()).contains("lab-held");
    assertThat(automatic(host)).doesNotContain("lab-").contains("sles-release");
    assertThat(host.exec("zypper", "-nq", "list-updates").stdout())
        .doesNotContain("lab-good", "1.2-1")
        .contains("lab-slow");
  }

  private static String automatic(LabHost host) {
    return host.exec("grep", "-v", "^#", "/var/lib/zypp/AutoInstalled").stdout();
  }
}

package dev.fleetmend.e2e.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whole patch runs on hosts of a family with rpm packages. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InstallCases {
  protected static final String INSTALL = "Operation=Install";
  protected static final String NO_REBOOT = "RebootOption=NoReboot";

  private final RpmFamily family;
  private Lab lab;
  private RpmArchive archive;

  protected InstallCases(RpmFamily family) {
    this.family = family;
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    lab.obstacle(family.root()).ifPresent(Assumptions::abort);
    archive = lab.wellKnownRpmArchive(family);
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  /** Has the package manager leave lab-held as it is. */
  protected abstract void hold(LabHost host);

  /** Whether a package is there, for the package manager, only because others need it. */
  protected abstract boolean isAutomatic(LabHost host, String name);

  /** The package manager itself goes by what is held back, and by what was held before. */
  protected abstract void goesByWhatIsHeld(PatchedHost patched);

  @Test
  void everyAwkwardPackageIsReportedAsItStandsAndGoesBack() {
    String kernel = family.kernel();
    try (PatchedHost patched = host("awkward")) {
      hold(patched.host());
      String before = packages(patched);

      ExecResult installed =
          patched.patch(
              "install-1",
              INSTALL,
              NO_REBOOT,
              "plan=lab-cli,lab-good,lab-held,lab-broken,lab-warn,lab-norm,lab-reboot,lab-grow,"
                  + "lab-rival,lab-mask,lab-settings,"
                  + kernel);

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
              "Install " + kernel + " 6.1-1 6.2-1 DONE",
              "Install lab-held 1.0-1 1.1-1 REFUSED",
              "Install lab-rival 1.0-1 2.0-1 REFUSED",
              "Install lab-broken 1.0-1 1.1-1 FAILED");
      assertThat(installed.stdout())
          .contains("pre fails on purpose", "post fails on purpose", "held on this host")
          .doesNotContain("UNFINISHED");
      assertThat(packages(patched))
          .contains(kernel + "-6.1-1.noarch", kernel + "-6.2-1.noarch")
          .contains("lab-broken-1.0-1.noarch", "lab-held-1.0-1.noarch", "lab-warn-1.1-1.noarch");
      assertThat(isAutomatic(patched.host(), "lab-extra")).isTrue();
      assertThat(isAutomatic(patched.host(), "lab-grow")).isFalse();

      moveOn(patched);
      ExecResult rolledBack = patched.patch("uninstall-1", "Operation=Uninstall");

      assertThat(rolledBack.exitCode()).as(rolledBack.toString()).isZero();
      assertThat(PatchedHost.reported(rolledBack.stdout()))
          .contains(
              "Rollback lab-cli 1.2-1 1.0-1 DONE",
              "Rollback lab-extra 1.0-1 null DONE",
              "Rollback " + kernel + " 6.2-1 6.1-1 DONE");
      assertThat(packages(patched)).isEqualTo(before);
      goesByWhatIsHeld(patched);
    }
  }

  @Test
  void undoesTheNewestInstallationOnceAndKeepsWhatWasEdited() {
    try (PatchedHost patched = host("edited")) {
      patched.host().write("/etc/lab-settings.conf", "setting=mine\n");
      String before = packages(patched);
      patched
          .patch("install-1", INSTALL, NO_REBOOT, "plan=lab-settings,lab-app,lab-lib,lab-cli")
          .orThrow();
      assertThat(patched.host().read("/etc/lab-settings.conf")).isEqualTo("setting=1.1\n");
      patched.host().write("/etc/lab-app.conf", "setting=mine since\n");

      moveOn(patched);
      String first = patched.patch("uninstall-1", "Operation=Uninstall").orThrow();
      String again = patched.patch("uninstall-2", "Operation=Uninstall").orThrow();

      assertThat(first).contains("/etc/lab-app.conf was edited since");
      assertThat(again).contains("has been rolled back already");
      assertThat(packages(patched)).isEqualTo(before);
      assertThat(patched.host().read("/etc/lab-app.conf")).isEqualTo("setting=mine since\n");
      assertThat(patched.host().read("/etc/lab-settings.conf")).isEqualTo("setting=mine\n");
    }
  }

  /** One that was installed when the release came out, and has updates on offer. */
  protected PatchedHost host(String name) {
    PatchedHost patched = PatchedHost.boot(lab, name, family.root());
    archive.installReleased(patched.host());
    return patched;
  }

  /** The old versions are nowhere to be had but in the vault. */
  protected void moveOn(PatchedHost patched) {
    archive.offer(patched.host(), RpmRepository.UPDATES);
    patched.host().exec(family.cleanCommand()).orThrow();
  }

  protected static String packages(PatchedHost patched) {
    return patched.host().exec("sh", "-c", "rpm -qa | sort").orThrow();
  }
}

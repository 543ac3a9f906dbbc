package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whole patch runs on real Debian hosts. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstallAndRollbackTest {
  private static final String[] ALL = {
    "lab-cli",
    "lab-good",
    "lab-held",
    "lab-broken",
    "lab-norm",
    "lab-reboot",
    "lab-grow",
    "lab-rival",
    "lab-mask",
    "lab-ask"
  };
  private AptRig rig;
  private SyntheticArchive archive;

  @BeforeAll
  void open(@TempDir Path folder) {
    rig = AptRig.open(folder);
    archive = rig.archive();
  }

  @AfterAll
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  void everyAwkwardPackageIsReportedAsItStands() {
    try (PatchedHost patched = rig.host("awkward", ALL)) {
      patched.host().exec("apt-mark", "hold", "lab-held").orThrow();
      Map<String, String> before = patched.standing();

      ExecResult installed =
          patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot");

      assertThat(installed.exitCode()).as(installed.toString()).isEqualTo(1);
      assertThat(PatchedHost.reported(installed.stdout()))
          .contains(
              "Install lab-cli 1.0 1.2 DONE",
              "Install lab-good 1.0 1.1 DONE",
              "Install lab-extra null 1.0 DONE",
              "Install lab-grow 1.0 1.1 DONE",
              "Install lab-ask 1.0 1.1 DONE",
              "Install lab-held 1.0 1.1 REFUSED",
              "Install lab-rival 1.0 2.0 REFUSED",
              "Install lab-norm 1.0 1.1 FAILED",
              "Install lab-broken 1.0 1.1 FAILED");
      assertThat(patched.standing())
          .containsEntry("lab-broken", "1.0 ii")
          .containsEntry("lab-norm", "1.0 ii")
          .containsEntry("lab-cli", "1.2 ii")
          .containsEntry("lab-held", "1.0 hi");

      archive.offer(patched.host(), Suite.UPDATES, Suite.SECURITY);
      patched.apt("clean").orThrow();
      ExecResult rolledBack = patched.patch("uninstall-1", "Operation=Uninstall");

      assertThat(PatchedHost.reported(rolledBack.stdout()))
          .contains(
              "Rollback lab-cli 1.2 1.0 DONE",
              "Rollback lab-extra 1.0 null DONE",
              "Rollback lab-grow 1.1 1.0 DONE");
      assertThat(patched.standing()).isEqualTo(before);
      assertThat(patched.host().exec("apt-get", "-s", "-qq", "dist-upgrade").stdout())
          .doesNotContain("lab-cli [1.0] (1.2")
          .doesNotContain("lab-good");
    }
  }

  @Test
  void undoesTheNewestInstallationOnceAndKeepsWhatWasEdited() {
    try (PatchedHost patched = rig.host("edited", "lab-cli", "lab-good")) {
      String before = patched.dpkgQuery();
      patched
          .patch("install-1", "Operation=Install", "RebootOption=NoReboot", "plan=lab-good")
          .orThrow();
      patched.patch("install-2", "Operation=Install", "RebootOption=NoReboot").orThrow();
      assertThat(patched.host().read("/etc/lab-app.conf")).isEqualTo("setting=1.2\n");
      patched.host().write("/etc/lab-app.conf", "setting=mine\n");

      String first = patched.patch("uninstall-1", "Operation=Uninstall").orThrow();
      String again = patched.patch("uninstall-2", "Operation=Uninstall").orThrow();

      assertThat(first).contains("/etc/lab-app.conf was edited since");
      assertThat(again).contains("has been rolled back already");
      assertThat(patched.host().read("/etc/lab-app.conf")).isEqualTo("setting=mine\n");
      assertThat(patched.standing())
          .containsEntry("lab-cli", "1.0 ii")
          .containsEntry("lab-good", "1.1 ii");

      patched.patch("uninstall-3", "Operation=Uninstall", "PatchIds=lab-good.all").orThrow();
      assertThat(patched.dpkgQuery()).isEqualTo(before);
    }
  }

  @Test
  void anUneditedConfigurationFileIsAsItWas() {
    try (PatchedHost patched = rig.host("conffile", "lab-cli")) {
      patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot").orThrow();
      patched.patch("uninstall-1", "Operation=Uninstall").orThrow();

      assertThat(patched.host().read("/etc/lab-app.conf")).isEqualTo("setting=1.0\n");
      assertThat(patched.host().exec("ls", "/etc").stdout()).doesNotContain(".dpkg-");
    }
  }

  @Test
  void aDependencyThatAnotherPackageNeedsByNowStays() {
    try (PatchedHost patched = rig.host("needed", "lab-grow")) {
      patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot").orThrow();
      archive.add(
          Suite.UPDATES, Deb.of("lab-needs-extra", "1.0").withField("Depends", "lab-extra"));
      archive.publish();
      patched.apt("update").orThrow();
      patched.apt("install", "lab-needs-extra").orThrow();

      String said = patched.patch("uninstall-1", "Operation=Uninstall").orThrow();

      assertThat(said).contains("lab-extra.all stays: others need it now");
      assertThat(patched.standing())
          .containsEntry("lab-grow", "1.0 ii")
          .containsEntry("lab-extra", "1.0 ii");
    }
  }

  @Test
  void saysBeforeTheInstallWhatCanBeTakenBackAndWhyTheRestCannot() throws IOException {
    try (PatchedHost patched = rig.host("planned", "lab-good", "lab-grow")) {
      archive.drop(Suite.RELEASE, "lab-grow", "1.0").publish();
      patched.apt("update").orThrow();
      String before = patched.dpkgQuery();
      patched.host().write("/var/lib/fleetmend/stop-after-plan", "");

      ExecResult stopped = patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot");

      archive.add(Suite.RELEASE, Deb.of("lab-grow", "1.0")).publish();
      assertThat(stopped.stdout())
          .contains("lab-good.all 1.0 -> 1.1; can be rolled back")
          .contains("lab-extra.all (not installed) -> 1.0; can be rolled back")
          .contains("lab-grow.all 1.0 -> 1.1; not revertible: no archive offers 1.0 any more")
          .contains("lab-good.all 1.0 -> 1.1: UNCHANGED (cancelled before anything was changed)");
      assertThat(stopped.exitCode()).isEqualTo(1);
      assertThat(patched.dpkgQuery()).isEqualTo(before);
    }
  }

  @Test
  void aptItselfLeavesWhatIsInQuarantineAloneUntilItIsReleased() {
    try (PatchedHost patched = rig.host("pinned", "lab-good")) {
      patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot").orThrow();
      patched.patch("uninstall-1", "Operation=Uninstall").orThrow();

      patched.apt("dist-upgrade").orThrow();
      patched.apt("install", "lab-good").orThrow();
      assertThat(patched.standing()).containsEntry("lab-good", "1.0 ii");

      patched.host().exec("rm", "/var/lib/fleetmend/quarantine").orThrow();
      patched.patch("scan-1", "Operation=Scan").orThrow();
      assertThat(patched.host().exec("ls", "/etc/apt/preferences.d").stdout())
          .doesNotContain("fleetmend");
      patched.apt("dist-upgrade").orThrow();
      assertThat(patched.standing()).containsEntry("lab-good", "1.1 ii");
    }
  }

  @Test
  void asksForAReboot() {
    try (PatchedHost patched = rig.host("reboot", "lab-reboot")) {
      assertThat(patched.patch("install-1", "Operation=Install").exitCode()).isEqualTo(194);
      assertThat(patched.patch("install-1", "Operation=Install").exitCode()).isEqualTo(194);
      patched.host().reboot();
      ExecResult after = patched.patch("install-1", "Operation=Install");
      assertThat(after.exitCode()).as(after.toString()).isZero();
      assertThat(PatchedHost.reported(after.stdout()))
          .containsExactly("Install lab-reboot 1.0 1.1 DONE");
    }
  }

  @Test
  void repairsAnInterruptedDpkgFirst() {
    try (PatchedHost patched = rig.host("interrupted", "lab-slow", "lab-good")) {
      Process apt = patched.host().command("apt-get", "-y", "install", "lab-slow").start();
      Awaitility.await()
          .until(() -> patched.standing().getOrDefault("lab-slow", "").endsWith("iF"));
      patched.host().powerCut();
      apt.destroyForcibly();
      patched.host().boot();

      patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot").orThrow();

      assertThat(patched.standing())
          .containsEntry("lab-slow", "1.1 ii")
          .containsEntry("lab-good", "1.1 ii");
    }
  }

  @Test
  void putsAPackageAgainFirstThatAKilledDpkgLeftHalfInstalled() {
    archive
        .add(Suite.RELEASE, Deb.of("lab-halved", "1.0"))
        .add(Suite.UPDATES, Deb.of("lab-halved", "1.1").withScript("preinst", "kill -KILL $PPID"))
        .publish();
    try (PatchedHost patched = rig.host("halved", "lab-halved", "lab-good")) {
      patched.apt("install", "lab-halved");
      assertThat(patched.standing().getOrDefault("lab-halved", "")).contains(" iH");

      patched
          .patch("install-1", "Operation=Install", "RebootOption=NoReboot", "plan=lab-good")
          .orThrow();

      assertThat(patched.standing())
          .containsEntry("lab-halved", "1.0 ii")
          .containsEntry("lab-good", "1.1 ii");
    }
  }

  @Test
  void namesWhoHoldsTheLock() throws IOException {
    try (PatchedHost patched = rig.host("locked", "lab-good", "lab-slow")) {
      patched.host().exec("mkdir", "-p", "/var/lib/fleetmend").orThrow();
      patched.patch("scan-1", "Operation=Scan").orThrow();
      patched.host().write("/var/lib/fleetmend/patch.properties", "lock-deadline-seconds=1\n");
      Process other = patched.host().command("apt-get", "-y", "install", "lab-slow").start();
      Awaitility.await()
          .until(() -> patched.standing().getOrDefault("lab-slow", "").endsWith("iF"));

      ExecResult run =
          patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot", "plan=lab-good");

      assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
      assertThat(run.stdout())
          .containsPattern("which process \\d+ \\((apt-get|dpkg|/usr/bin/dpkg)");
      other.destroyForcibly();
    }
  }
}

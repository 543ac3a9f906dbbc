package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Undoing where something stands against it: what could not be undone is named as it stands. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UndoTroubleTest {
  private static final String INSTALL = "Operation=Install";
  private static final String UNINSTALL = "Operation=Uninstall";
  private static final String NO_REBOOT = "RebootOption=NoReboot";
  private static final String DATA = "/usr/lib/lab/lab-split.data";

  private AptRig rig;
  private SyntheticArchive archive;
  private PatchedHost patched;

  @BeforeAll
  void open(@TempDir Path folder) {
    rig = AptRig.open(folder);
    archive = rig.archive();
    String release = System.getProperty("os.version");
    archive
        .add(
            Suite.RELEASE,
            Deb.of("lab-split", "1.0").withFile(DATA, "whole\n").withConffile("setting=1.0\n"))
        .add(
            Suite.UPDATES,
            Deb.of("lab-split", "1.1")
                .withField("Depends", "lab-split-data")
                .withConffile("setting=1.1\n"))
        .add(
            Suite.UPDATES,
            Deb.of("lab-split-data", "1.1")
                .withField("Breaks", "lab-split (<< 1.1)")
                .withField("Replaces", "lab-split (<< 1.1)")
                .withFile(DATA, "apart\n"))
        .add(Suite.RELEASE, Deb.of("lab-host", "1.0"))
        .add(Suite.UPDATES, Deb.of("lab-host", "1.1").withField("Depends", "lab-clingy"))
        .add(
            Suite.UPDATES,
            Deb.of("lab-clingy", "1.0")
                .withScript("prerm", "[ \"$1\" != remove ] || { echo I stay >&2; exit 1; }"))
        .add(Suite.RELEASE, Deb.of("lab-kernel", "1.0").withField("Depends", "lab-linux-old"))
        .add(Suite.RELEASE, Deb.of("lab-linux-old", "1.0").withFile("/boot/vmlinuz-0.9.1-old", "x"))
        .add(Suite.UPDATES, Deb.of("lab-kernel", "1.1").withField("Depends", "lab-linux-new"))
        .add(
            Suite.UPDATES, Deb.of("lab-linux-new", "1.0").withFile("/boot/vmlinuz-" + release, "x"))
        .publish();
    patched = rig.host("trouble", "lab-host", "lab-kernel", "lab-good", "lab-grow", "lab-split");
  }

  @AfterAll
  void close() {
    if (patched != null) {
      patched.close();
    }
    if (rig != null) {
      rig.close();
    }
  }

  private void install(String name) {
    patched.host().exec("rm", "-f", "/var/lib/fleetmend/quarantine").orThrow();
    patched
        .patch("install-" + name.replace(',', '.'), INSTALL, NO_REBOOT, "plan=" + name)
        .orThrow();
  }

  @Test
  void aPackageThatRefusesToBeRemovedIsSaidToStay() {
    install("lab-host");

    ExecResult undo = patched.patch("undo-host", UNINSTALL);

    assertThat(undo.exitCode()).as(undo.toString()).isEqualTo(1);
    assertThat(PatchedHost.reported(undo.stdout()))
        .containsExactlyInAnyOrder(
            "Rollback lab-host 1.1 1.0 DONE", "Rollback lab-clingy 1.0 null FAILED");
    assertThat(undo.stdout()).contains("lab-clingy.all 1.0 -> (removed): FAILED (stands at 1.0");
    assertThat(patched.standing())
        .containsEntry("lab-host", "1.0 ii")
        .containsEntry("lab-clingy", "1.0 ii");
    assertThat(patched.host().exec("dpkg", "--audit").stdout()).isEmpty();
  }

  @Test
  void aPackageThatIsHeldSinceStaysAndTheRestGoesBack() {
    install("lab-good,lab-grow");
    patched.host().exec("apt-mark", "hold", "lab-good").orThrow();

    ExecResult whole = patched.patch("undo-all", UNINSTALL, "NotRevertible=refuse");
    assertThat(whole.exitCode()).as(whole.toString()).isEqualTo(1);
    assertThat(whole.stdout()).contains("lab-good.all: held on this host since");
    assertThat(patched.standing()).containsEntry("lab-grow", "1.1 ii");

    ExecResult undo = patched.patch("undo-held", UNINSTALL);
    patched.host().exec("apt-mark", "unhold", "lab-good").orThrow();

    assertThat(undo.exitCode()).as(undo.toString()).isEqualTo(1);
    assertThat(PatchedHost.reported(undo.stdout()))
        .contains("Rollback lab-good 1.1 1.0 REFUSED", "Rollback lab-grow 1.1 1.0 DONE");
    patched.patch("undo-rest", UNINSTALL).orThrow();
    assertThat(patched.standing())
        .containsEntry("lab-good", "1.0 ii")
        .containsEntry("lab-grow", "1.0 ii")
        .doesNotContainKey("lab-extra");
  }

  @Test
  void theRunningKernelStaysAndThePreviousOneIsBootedNext() {
    install("lab-kernel");

    String unknown = patched.patch("preview-kernel", "Operation=PreviewUninstall").orThrow();
    String undo = patched.patch("undo-kernel", UNINSTALL).orThrow();

    assertThat(unknown).contains("lab-kernel.all 1.1 -> 1.0").doesNotContain("lab-linux-new.all 1");
    assertThat(undo)
        .contains("lab-linux-new.all stays: the running kernel is in it")
        .contains("boot loader is not known: have it take kernel 0.9.1-old at next boot");
    assertThat(patched.standing())
        .containsEntry("lab-kernel", "1.0 ii")
        .containsEntry("lab-linux-new", "1.0 ii");
  }

  @Test
  void aPackageWhoseFilesMovedToANewOneGetsThemBackAndTheNewOneGoes() {
    String before = patched.dpkgQuery();
    install("lab-split");
    assertThat(patched.standing()).containsEntry("lab-split-data", "1.1 ii");
    assertThat(patched.host().read(DATA)).isEqualTo("apart\n");

    String preview = patched.patch("preview-split", "Operation=PreviewUninstall").orThrow();
    ExecResult undo = patched.patch("undo-split", UNINSTALL);

    assertThat(preview).contains("lab-split.all 1.1 -> 1.0", "lab-split-data.all 1.1 -> (removed)");
    assertThat(undo.exitCode()).as(undo.toString()).isZero();
    assertThat(PatchedHost.reported(undo.stdout()))
        .containsExactlyInAnyOrder(
            "Rollback lab-split 1.1 1.0 DONE", "Rollback lab-split-data 1.1 null DONE");
    assertThat(patched.dpkgQuery()).isEqualTo(before);
    assertThat(patched.host().read(DATA)).isEqualTo("whole\n");
    assertThat(patched.host().read("/etc/lab-split.conf")).isEqualTo("setting=1.0\n");
  }

  @Test
  void nothingIsMissedOfARepositoryThatVanished() {
    String before = patched.dpkgQuery();
    install("lab-good");
    patched.host().exec("mv", "/etc/apt/sources.list", "/root/kept").orThrow();
    patched.host().exec("sh", "-c", "rm -rf /var/lib/apt/lists/*").orThrow();
    patched.apt("clean").orThrow();

    ExecResult undo = patched.patch("undo-vanished", UNINSTALL);

    archive.offer(patched.host(), Suite.values());
    assertThat(undo.exitCode()).as(undo.toString()).isZero();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
  }
}

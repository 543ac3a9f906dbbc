package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.Execution;
import dev.fleetmend.lab.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk becomes read-only in the middle of a run: what is left in the middle becomes whole without
 * a further run, once the disk takes writes again.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryTest {
  private static final String FILES = "/usr/lib/lab";
  private static final String STATE = "/var/lib/fleetmend";
  private static final String INSTALL = "Operation=Install";
  private static final String NO_REBOOT = "RebootOption=NoReboot";
  private static final String BOTH = "plan=lab-stuck:1.1,lab-torn:1.1";

  private AptRig rig;
  private PatchedHost patched;
  private HostMounts disks;
  private String before = "";
  private int runs;

  @BeforeAll
  void open(@TempDir Path folder) {
    rig = AptRig.open(folder);
    String waits = "touch /run/here; while [ ! -e /run/go ]; do sleep 0.05; done";
    rig.archive()
        .add(Suite.RELEASE, Deb.of("lab-stuck", "1.0"))
        .add(
            Suite.UPDATES,
            Deb.of("lab-stuck", "1.1")
                .withScript("prerm", waits)
                .withScript("postinst", waits + "; echo 1.1 >" + FILES + "/lab-stuck.mark"))
        .add(Suite.RELEASE, Deb.of("lab-torn", "1.0"))
        .add(Suite.UPDATES, Deb.of("lab-torn", "1.1").withScript("preinst", waits))
        .publish();
    patched = rig.host("recovery", "lab-stuck", "lab-torn", "lab-good");
    disks = new HostMounts(patched.host());
    before = patched.dpkgQuery();
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

  /** A run, in the middle of which a folder becomes a read-only disk. */
  private String interrupted(String folder, String... arguments) {
    patched.host().exec("rm", "-f", "/run/here", "/run/go", STATE + "/quarantine").orThrow();
    Execution run = patched.command("run-" + ++runs, arguments);
    CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> run.run().toString());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> said.isDone() || patched.host().exec("test", "-e", "/run/here").exitCode() == 0);
    disks.readOnly(folder);
    patched.host().exec("touch", "/run/go").orThrow();
    return said.join();
  }

  private String recover() {
    return patched.java(PatchDriver.class, "recover").run().orThrow().strip();
  }

  private void theSamePatchesGoInAndOut() {
    patched.host().exec("rm", "-f", STATE + "/quarantine").orThrow();
    patched.host().exec("touch", "/run/go").orThrow();
    patched.patch("run-" + ++runs, INSTALL, NO_REBOOT, BOTH).orThrow();
    assertThat(patched.standing())
        .containsEntry("lab-stuck", "1.1 ii")
        .containsEntry("lab-torn", "1.1 ii");
    patched.patch("run-" + ++runs, "Operation=Uninstall").orThrow();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
  }

  @Test
  void whatCouldBeNeitherFinishedNorPutBackIsPutBackOnceTheDiskTakesWrites() {
    String run = interrupted(FILES, INSTALL, NO_REBOOT, BOTH);
    String waiting = recover();
    String left = patched.standing().get("lab-stuck") + patched.standing().get("lab-torn");
    disks.umount(FILES);

    String mended = recover();
    String after = recover();

    assertThat(run)
        .contains("lab-stuck.all 1.0 -> 1.1: FAILED (stands at 1.1 (half-installed)")
        .contains("UNFINISHED lab-stuck.all", "UNFINISHED lab-torn.all");
    assertThat(waiting).isEqualTo("NOTHING");
    assertThat(left).contains("iHR");
    assertThat(mended).isEqualTo("MENDED");
    assertThat(patched.host().read(STATE + "/reported"))
        .contains("Install lab-stuck 1.0 1.1 FAILED", "Install lab-torn 1.0 1.1 FAILED")
        .doesNotContain("UNFINISHED");
    assertThat(after).isEqualTo("NOTHING");
    assertThat(patched.dpkgQuery()).isEqualTo(before);
    assertThat(patched.host().exec("dpkg", "--audit").stdout()).isEmpty();
    theSamePatchesGoInAndOut();
  }

  @Test
  void anUndoThatADiskStoppedIsWholeOnceItTakesWritesAndCanBeSaidAgain() {
    patched.host().exec("rm", "-f", STATE + "/quarantine").orThrow();
    patched.host().exec("touch", "/run/go").orThrow();
    patched.patch("run-" + ++runs, INSTALL, NO_REBOOT, BOTH).orThrow();

    String run = interrupted(FILES, "Operation=Uninstall");
    disks.umount(FILES);
    String mended = recover();

    assertThat(run).contains("UNFINISHED lab-stuck.all", "Read-only file system");
    assertThat(mended).isEqualTo("MENDED");
    assertThat(patched.host().exec("dpkg", "--audit").stdout()).isEmpty();
    for (String line : patched.host().read(STATE + "/reported").lines().toList()) {
      String[] word = line.split(" ", -1);
      assertThat(word[0]).isEqualTo("REPORTED");
      assertThat(patched.standing().get(word[2]))
          .isEqualTo((word[5].equals("DONE") ? word[4] : word[3]) + " ii");
    }
    patched.patch("run-" + ++runs, "Operation=Uninstall").orThrow();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
  }

  @Test
  void aRunWhoseJournalCouldNotBeWrittenOnEndsAndIsReported() {
    String run = interrupted(STATE, INSTALL, NO_REBOOT, BOTH);
    String waiting = recover();
    disks.umount(STATE);
    String mended = recover();

    assertThat(run).doesNotContain("REPORTED");
    assertThat(waiting).isEqualTo("NOTHING");
    assertThat(mended).isEqualTo("MENDED");
    assertThat(patched.host().read(STATE + "/reported"))
        .contains("Install lab-stuck 1.0 1.1 DONE", "Install lab-torn 1.0 1.1 DONE");
    assertThat(patched.standing())
        .containsEntry("lab-stuck", "1.1 ii")
        .containsEntry("lab-torn", "1.1 ii");
    assertThat(recover()).isEqualTo("NOTHING");
    patched.patch("run-" + ++runs, "Operation=Uninstall").orThrow();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
  }
}

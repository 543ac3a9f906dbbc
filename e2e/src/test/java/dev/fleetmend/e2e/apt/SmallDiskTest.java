package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Suite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A disk of its own that is too small is named before anything changes, kernels' above all. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmallDiskTest {
  private static final String NO_REBOOT = "RebootOption=NoReboot";
  private static final String CONFIGURATION = "/var/lib/lab/data";

  private AptRig rig;
  private PatchedHost patched;
  private HostMounts disks;

  @BeforeAll
  void open(@TempDir Path folder) {
    rig = AptRig.open(folder);
    rig.archive()
        .add(Suite.RELEASE, Deb.of("linux-lab", "1.0").withField("Depends", "linux-lab-old"))
        .add(Suite.RELEASE, kernel("linux-lab-old", 1))
        .add(Suite.UPDATES, Deb.of("linux-lab", "1.1").withField("Depends", "linux-lab-new"))
        .add(Suite.UPDATES, kernel("linux-lab-new", 3))
        .add(Suite.RELEASE, Deb.of("lab-keeper", "1.0").withFile(CONFIGURATION, megabytes(6)))
        .add(Suite.UPDATES, Deb.of("lab-keeper", "1.1").withFile(CONFIGURATION, megabytes(1)))
        .publish();
    patched = rig.host("small-disk", "linux-lab", "lab-keeper");
    disks = new HostMounts(patched.host());
  }

  private static Deb kernel(String name, int megabytes) {
    return Deb.of(name, "1.0").withFile("/boot/vmlinuz-" + name, megabytes(megabytes));
  }

  private static String megabytes(int count) {
    return "x".repeat(count << 20);
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

  @Test
  void aNewKernelIsRefusedWhereBootHasNoRoomForItAndItsInitialRamDisk() {
    String before = patched.dpkgQuery();
    patched.host().write("/boot/initrd.img-linux-lab-old", megabytes(4));
    disks.smallDisk("/boot", "11m");
    String[] install = {"Operation=Install", NO_REBOOT, "plan=linux-lab:1.1"};

    ExecResult refused = patched.patch("kernel-1", install);
    String after = patched.dpkgQuery();
    patched.host().exec("rm", "/boot/initrd.img-linux-lab-old").orThrow();
    ExecResult done = patched.patch("kernel-2", install);
    ExecResult undone = patched.patch("kernel-3", "Operation=Uninstall");
    disks.umount("/boot");

    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.stdout())
        .containsPattern("the disk of /boot has \\d+ KB free, and 716[89] KB are needed to unpack")
        .contains("linux-lab.all 1.0 -> 1.1: REFUSED");
    assertThat(after).isEqualTo(before);
    assertThat(done.exitCode()).as(done.toString()).isZero();
    assertThat(undone.exitCode()).as(undone.toString()).isZero();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
  }

  @Test
  void whatAnUndoBringsBackIsLookedAtToo() {
    patched.patch("var-1", "Operation=Install", NO_REBOOT, "plan=lab-keeper:1.1").orThrow();
    String before = patched.dpkgQuery();
    disks.smallDisk("/var/lib/lab", "5m");

    String preview = patched.patch("var-2", "Operation=PreviewUninstall").orThrow();
    ExecResult refused = patched.patch("var-3", "Operation=Uninstall");
    String after = patched.dpkgQuery();
    disks.umount("/var/lib/lab");
    patched.patch("var-4", "Operation=Uninstall").orThrow();

    assertThat(preview).contains("it would stop: the disk of /var/lib/lab has ");
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.stdout())
        .contains("the disk of /var/lib/lab has ", "free some and try again");
    assertThat(after).isEqualTo(before);
    assertThat(patched.standing()).containsEntry("lab-keeper", "1.0 ii");
  }
}

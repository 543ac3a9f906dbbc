package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host in trouble: each run ends in a state that it reports truly, nothing stays half done, and
 * once the trouble is over the same patches go in. One host for all.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTest {
  private static final String INSTALL = "Operation=Install";
  private static final String NO_REBOOT = "RebootOption=NoReboot";
  private static final String BOTH = "lab-large:1.1,lab-good:1.1";
  private static final String KEY = "/etc/apt/keyrings/lab.gpg";
  private static final String STATE = "/var/lib/fleetmend";

  private Lab lab;
  private SyntheticArchive archive;
  private PatchedHost patched;
  private HostMounts disks;
  private String before = "";
  private int runs;

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    archive = lab.wellKnownArchive();
    archive
        .add(Suite.RELEASE, Deb.of("lab-large", "1.0"))
        .add(Suite.UPDATES, Deb.of("lab-large", "1.1").withPayload(24))
        .publish();
    patched = PatchedHost.boot(lab, "faults", BaseRoot.DEBIAN_MINIMAL);
    disks = new HostMounts(patched.host());
    archive.offer(patched.host(), Suite.RELEASE);
    patched.apt("install", "lab-large", "lab-good").orThrow();
    patched.apt("clean").orThrow();
    archive.offer(patched.host(), Suite.values());
    patched.patch("scan", "Operation=Scan").orThrow();
    before = patched.dpkgQuery();
  }

  @AfterAll
  void close() {
    if (patched != null) {
      patched.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void forgetTheQuarantine() {
    patched.host().exec("rm", "-f", STATE + "/quarantine").orThrow();
  }

  private ExecResult install(String plan) {
    return patched.patch("run-" + ++runs, INSTALL, NO_REBOOT, "plan=" + plan);
  }

  /** The trouble is over: the patches go in, and out again. */
  private void recovers() {
    forgetTheQuarantine();
    ExecResult in = install(BOTH);
    assertThat(in.exitCode()).as(in.toString()).isZero();
    assertThat(patched.standing())
        .containsEntry("lab-large", "1.1 ii")
        .containsEntry("lab-good", "1.1 ii");
    patched.patch("run-" + ++runs, "Operation=Uninstall").orThrow();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
  }

  private void nothingChanged(ExecResult run) {
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
    assertThat(patched.dpkgQuery()).as(run.toString()).isEqualTo(before);
    assertThat(patched.host().exec("dpkg", "--audit").stdout()).isEmpty();
  }

  @Test
  void aDiskThatIsTooSmallForTheDownloadIsNamedBeforeAnythingChanges() {
    disks.smallDisk(STATE + "/journal", "12m");

    ExecResult run = install(BOTH);

    disks.umount(STATE + "/journal");
    assertThat(run.stdout())
        .contains("KB free", "are needed to fetch the package files; free some and try again")
        .contains("lab-good.all 1.0 -> 1.1: REFUSED");
    nothingChanged(run);
    recovers();
  }

  @Test
  void aDiskThatGetsFullInTheMiddleLeavesEveryPackageWhole() {
    disks.smallDisk("/usr/lib/lab", "8m");

    ExecResult run = install(BOTH);
    Map<String, String> standing = patched.standing();

    disks.umount("/usr/lib/lab");
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
    assertThat(run.stdout()).contains("lab-large.all 1.0 -> 1.1: FAILED", "No space left");
    assertThat(standing.get("lab-large")).as(run.toString()).isEqualTo("1.0 ii");
    assertThat(standing.get("lab-good")).as(run.toString()).isIn("1.0 ii", "1.1 ii");
    assertThat(PatchedHost.reported(run.stdout()))
        .contains("Install lab-large 1.0 1.1 FAILED")
        .contains(
            "Install lab-good 1.0 1.1 "
                + (standing.getOrDefault("lab-good", "").startsWith("1.1") ? "DONE" : "FAILED"));
    patched.patch("run-" + ++runs, "Operation=Uninstall").orThrow();
    recovers();
  }

  @Test
  void aReadOnlyDiskIsNamed() {
    disks.readOnly("/usr/lib/lab");

    ExecResult run = install(BOTH);

    disks.umount("/usr/lib/lab");
    assertThat(run.stdout())
        .contains("/usr/lib/lab cannot be written to: its disk is read-only")
        .contains("lab-good.all 1.0 -> 1.1: REFUSED");
    nothingChanged(run);
    recovers();
  }

  @Test
  void aReadOnlyStateFolderIsNamed() {
    disks.readOnly(STATE);

    ExecResult run = install("lab-good:1.1");

    disks.umount(STATE);
    assertThat(run.stderr() + run.stdout()).containsIgnoringCase("read-only file system");
    nothingChanged(run);
    recovers();
  }

  @Test
  void aVanishedRepositoryIsNamed() {
    disks.empty(Lab.ARCHIVES_IN_HOST);
    makeListsOld();

    ExecResult run = install(BOTH);

    disks.umount(Lab.ARCHIVES_IN_HOST);
    assertThat(run.stdout())
        .contains("The package lists could not be refreshed: ")
        .contains("lab-large.all 1.0 -> 1.1: FAILED (could not be fetched: lab-good.all 1.1, ")
        .contains("Failed to fetch");
    nothingChanged(run);
    recovers();
  }

  @Test
  void packageFilesThatTheArchiveNoLongerHasAreNamed() {
    archive.drop(Suite.UPDATES, "lab-large", "1.1");

    ExecResult run = install("lab-large:1.1");

    archive.add(Suite.UPDATES, Deb.of("lab-large", "1.1").withPayload(24)).publish();
    patched.apt("update").orThrow();
    assertThat(run.stdout())
        .contains("lab-large.all 1.0 -> 1.1: FAILED (could not be fetched: lab-large.all 1.1")
        .contains("No such file or directory");
    nothingChanged(run);
    recovers();
  }

  @Test
  void aPackageFileThatIsNotWhatTheSignedListSaysIsNotTaken() {
    archive.add(Suite.UPDATES, Deb.of("lab-large", "1.1").withPayload(1));

    ExecResult run = install("lab-large:1.1");

    archive.add(Suite.UPDATES, Deb.of("lab-large", "1.1").withPayload(24)).publish();
    patched.apt("update").orThrow();
    assertThat(run.stdout()).contains("lab-large.all 1.0 -> 1.1: FAILED (could not be fetched");
    nothingChanged(run);
    recovers();
  }

  @Test
  void listsWithAWrongSignatureAreNamedAndNotUsed() {
    patched.host().exec("mv", KEY, KEY + ".kept").orThrow();
    patched.host().exec("sh", "-c", "rm -rf /var/lib/apt/lists/*").orThrow();
    makeListsOld();

    ExecResult run = install(BOTH);

    patched.host().exec("mv", KEY + ".kept", KEY).orThrow();
    patched.apt("update").orThrow();
    assertThat(run.stdout())
        .contains("The package lists were never fetched")
        .contains("The package lists could not be refreshed: ")
        .contains("is not signed")
        .contains("Nothing to install.");
    assertThat(patched.dpkgQuery()).as(run.toString()).isEqualTo(before);
    recovers();
  }

  /** So that the next run fetches them. */
  private void makeListsOld() {
    patched
        .host()
        .exec(
            "sh",
            "-c",
            "rm -f /var/lib/fleetmend/apt/lists-refreshed;"
                + " touch -d '3 hours ago' /var/lib/apt/lists")
        .orThrow();
  }
}

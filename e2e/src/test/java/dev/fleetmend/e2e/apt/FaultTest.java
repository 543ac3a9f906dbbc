package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    smallDisk(STATE + "/journal", "12m");

    ExecResult run = install(BOTH);

    umount(STATE + "/journal");
    assertThat(run.stdout())
        .contains("KB free", "are needed to fetch the package files; free some and try again")
        .contains("lab-good.all 1.0 -> 1.1: REFUSED");
    nothingChanged(run);
    recovers();
  }

  @Test
  void aDiskThatGetsFullInTheMiddleLeavesEveryPackageWhole() {
    smallDisk("/usr/lib/lab", "8m");

    ExecResult run = install(BOTH);
    Map<String, String> standing = patched.standing();

    umount("/usr/lib/lab");
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
    readOnly("/usr/lib/lab");

    ExecResult run = install(BOTH);

    umount("/usr/lib/lab");
    assertThat(run.stdout())
        .contains("/usr/lib/lab cannot be written to: its disk is read-only")
        .contains("lab-good.all 1.0 -> 1.1: REFUSED");
    nothingChanged(run);
    recovers();
  }

  @Test
  void aReadOnlyStateFolderIsNamed() {
    readOnly(STATE);

    ExecResult run = install("lab-good:1.1");

    umount(STATE);
    assertThat(run.stderr() + run.stdout()).containsIgnoringCase("read-only file system");
    nothingChanged(run);
    recovers();
  }

  @Test
  void aVanishedRepositoryIsNamed() {
    mount("-t", "tmpfs", "none", inHost(Lab.ARCHIVES_IN_HOST));
    makeListsOld();

    ExecResult run = install(BOTH);

    umount(Lab.ARCHIVES_IN_HOST);
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

  /** A small disk in the place of a folder, with what the folder has. */
  private void smallDisk(String folder, String size) {
    patched.host().exec("cp", "-a", folder, "/run/kept").orThrow();
    mount("-t", "tmpfs", "-o", "size=" + size, "none", inHost(folder));
    patched.host().exec("cp", "-a", "/run/kept/.", folder).orThrow();
    patched.host().exec("rm", "-rf", "/run/kept").orThrow();
  }

  private void readOnly(String folder) {
    mount("--bind", inHost(folder), inHost(folder));
    mount("-o", "remount,bind,ro", inHost(folder));
  }

  private void umount(String folder) {
    outside("umount", inHost(folder));
  }

  private void mount(String... options) {
    List<String> line = new ArrayList<>(List.of("mount"));
    line.addAll(List.of(options));
    outside(line.toArray(String[]::new));
  }

  private String inHost(String folder) {
    return "/proc/" + patched.host().pid() + "/root" + folder;
  }

  /** This machine's program in the host's mounts: the host has none. */
  private void outside(String... command) {
    List<String> line =
        new ArrayList<>(List.of("nsenter", "-m", "-t", Long.toString(patched.host().pid())));
    line.addAll(List.of(command));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(line + ": " + said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

package dev.fleetmend.e2e.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.e2e.apt.HostMounts;
import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host of rpm packages in trouble: each run ends in a state that it reports truly, nothing stays
 * half done, and once the trouble is over the same patches go in. One host a family.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FaultCases {
  private static final String STATE = "/var/lib/fleetmend";
  private static final String FILES = "/usr/lib/lab";
  private static final String BOTH = "lab-large:1.1-1,lab-good:1.1-1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RpmFamily family;
  private Lab lab;
  private RpmArchive archive;
  private RpmPatchedHost host;
  private HostMounts disks;
  private String before = "";
  private int runs;

  protected FaultCases(RpmFamily family) {
    this.family = family;
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    lab.obstacle(family.root()).ifPresent(Assumptions::abort);
    archive =
        lab.rpmArchive(family)
            .add(RpmRepository.BASE, Rpm.of("lab-large", "1.0"))
            .add(RpmRepository.BASE, Rpm.of("lab-good", "1.0"))
            .add(RpmRepository.UPDATES, large())
            .add(RpmRepository.UPDATES, Rpm.of("lab-good", "1.1"))
            .add(
                RpmRepository.UPDATES,
                Rpm.of("lab-waiting", "1.0")
                    .withScript(
                        "pre", ": >/run/at-gate; while [ -e /run/gate ]; do sleep 0.05; done"))
            .publish();
    host = RpmPatchedHost.released(lab, archive, family, "faults");
    disks = new HostMounts(host.host());
    host.patch("scan", "Operation=Scan").orThrow();
    before = host.packages();
  }

  private static Rpm large() {
    return Rpm.of("lab-large", "1.1").withPayload(24);
  }

  @AfterAll
  void close() {
    if (host != null) {
      host.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private ExecResult install(String plan) {
    host.forgetTheQuarantine();
    return host.patch(
        "run-" + ++runs, "Operation=Install", "RebootOption=NoReboot", "plan=" + plan);
  }

  /** The troubles are over: the patches go in, whatever a power cut left of a package manager. */
  private void recovers() {
    if (family == RpmFamily.DNF) {
      host.host().write(managersLock(), "1\n");
      host.host().exec("touch", "-d", "yesterday", managersLock()).orThrow();
    }
    ExecResult in = install(BOTH);
    assertThat(in.exitCode()).as(in.toString()).isZero();
    assertThat(host.packages()).contains("lab-large-1.1-1.noarch", "lab-good-1.1-1.noarch");
    putBack("lab-good", "lab-large");
    assertThat(host.packages()).isEqualTo(before);
  }

  private void nothingChanged(ExecResult run) {
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
    assertThat(host.packages()).as(run.toString()).isEqualTo(before);
    assertThat(host.host().exec("sh", "-c", "rpm -V $(rpm -qa 'lab-*')").stdout()).isEmpty();
  }

  @Test
  void whatStandsInTheWayIsNamedBeforeAnythingChanges() throws IOException {
    disksAreNamed();
    locksAreNamed();
    repositoriesAreNamed();
    recovers();
  }

  private void disksAreNamed() {
    disks.smallDisk(STATE + "/journal", "12m");
    ExecResult small = install(BOTH);
    disks.umount(STATE + "/journal");
    disks.readOnly(FILES);
    ExecResult readOnly = install(BOTH);
    disks.umount(FILES);
    disks.readOnly(STATE);
    ExecResult readOnlyState = host.patch("run-" + ++runs, "Operation=Install", "plan=lab-good");
    disks.umount(STATE);

    assertThat(small.stdout())
        .contains("KB free", "are needed to fetch the package files; free some and try again")
        .contains("lab-good.noarch 1.0-1 -> 1.1-1: REFUSED");
    nothingChanged(small);
    assertThat(readOnly.stdout())
        .contains(FILES + " cannot be written to: its disk is read-only")
        .contains("lab-good.noarch 1.0-1 -> 1.1-1: REFUSED");
    nothingChanged(readOnly);
    assertThat(readOnlyState.stderr() + readOnlyState.stdout())
        .containsIgnoringCase("read-only file system");
    nothingChanged(readOnlyState);
  }

  private void locksAreNamed() throws IOException {
    host.host().write(STATE + "/patch.properties", "lock-deadline-seconds=1\n");
    String lock = managersLock();
    Process asking = null;
    if (family == RpmFamily.DNF5) {
      asking = askingDnf5();
    } else {
      host.host().write(lock, "1\n");
    }
    ExecResult managers = install(BOTH);
    if (asking != null) {
      aPreviewDoesNotWaitFor(lock);
      asking.getOutputStream().close();
      asking.onExit().join();
    }
    host.host().exec("rm", lock).orThrow();

    host.host().write("/run/gate", "");
    String rpm = Lab.ARCHIVES_IN_HOST + "/rpm-" + RpmPatchedHost.name(family);
    String file = rpm + "/lab-updates/lab-waiting-1.0-1.noarch.rpm";
    Process waiting =
        family == RpmFamily.DNF5
            ? host.host().command("dnf5", "-y", "install", file).start()
            : host.host().command("rpm", "-U", file).start();
    await().atMost(PATIENCE).until(() -> Files.exists(host.host().path("/run/at-gate")));
    ExecResult rpms = install(BOTH);
    host.host().exec("rm", "/run/gate").orThrow();
    waiting.getInputStream().readAllBytes();
    host.host().exec("rpm", "-e", "lab-waiting").orThrow();
    host.host().exec("rm", STATE + "/patch.properties").orThrow();

    assertThat(managers.stdout())
        .contains("waited 1 s for " + lock + ", which process ")
        .contains(asking == null ? "process 1 (" : "(dnf5 install lab-waiting) holds");
    nothingChanged(managers);
    assertThat(rpms.stdout()).contains("waited 1 s for /var/lib/rpm/.rpm.lock, which process ");
    nothingChanged(rpms);
  }

  private String managersLock() {
    return switch (family) {
      case DNF -> "/var/lib/dnf/rpmdb_lock.pid";
      case DNF5 -> "/var/lib/dnf/system-repo.lock";
      case YUM -> "/var/run/yum.pid";
      case ZYPPER -> "/run/zypp.pid";
    };
  }

  private void aPreviewDoesNotWaitFor(String lock) {
    String[] preview = {"Operation=PreviewInstall", "plan=" + BOTH};
    assertThat(host.patch("run-" + ++runs, preview).orThrow())
        .contains("lab-good.noarch 1.0-1 -> 1.1-1")
        .contains("It would have to wait for " + lock);
  }

  /** dnf 5 holds its lock while it asks; here nobody answers. */
  private Process askingDnf5() throws IOException {
    Process asking = host.host().command("sh", "-c", "exec dnf5 install lab-waiting 2>&1").start();
    BufferedReader said = asking.inputReader();
    StringBuilder read = new StringBuilder();
    while (read.indexOf("[y/N]") < 0) {
      int one = said.read();
      assertThat(one).as(read.toString()).isNotNegative();
      read.append((char) one);
    }
    return asking;
  }

  @Test
  void aDiskThatGetsFullInTheMiddleLeavesEveryPackageWhole() {
    disks.smallDisk(FILES, "8m");

    ExecResult run = install(BOTH);
    String packages = host.packages();

    disks.umount(FILES);
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
    assertThat(run.stdout())
        .contains("lab-large.noarch 1.0-1 -> 1.1-1: FAILED (stands at 1.0-1: ")
        .containsPattern("needs \\d+MB (?:more space )?on|No space left");
    assertThat(packages).as(run.toString()).contains("lab-large-1.0-1").doesNotContain("large-1.1");
    boolean in = packages.contains("lab-good-1.1-1");
    assertThat(packages).contains(in ? "lab-good-1.1-1" : "lab-good-1.0-1");
    assertThat(PatchedHost.reported(run.stdout()))
        .contains("Install lab-good 1.0-1 1.1-1 " + (in ? "DONE" : "FAILED"));
    assertThat(run.stdout()).doesNotContain("UNFINISHED");
    putBack("lab-good", "lab-large");
    recovers();
  }

  /** What went in went to a disk that is gone. */
  private void putBack(String... names) {
    for (String name : names) {
      String file = "/lab-base/" + name + "-1.0-1.noarch.rpm";
      String place = Lab.ARCHIVES_IN_HOST + "/rpm-" + RpmPatchedHost.name(family) + file;
      host.host().exec("rpm", "-U", "--oldpackage", "--replacepkgs", place).orThrow();
    }
  }

  /** One that vanished, and a file that is not what the lists say. */
  private void repositoriesAreNamed() throws IOException {
    disks.empty(Lab.ARCHIVES_IN_HOST);
    ExecResult vanished = install(BOTH);
    disks.umount(Lab.ARCHIVES_IN_HOST);

    Path good = file("lab-good-1.1-1.noarch.rpm");
    byte[] whole = Files.readAllBytes(good);
    Files.write(good, Files.readAllBytes(file("lab-waiting-1.0-1.noarch.rpm")));
    ExecResult other = install("lab-good:1.1-1");
    Files.write(good, whole);

    assertThat(vanished.stdout())
        .contains("lab-large.noarch 1.0-1 -> 1.1-1: FAILED (could not be fetched: lab-good.noarch")
        .containsPattern(
            "could not be fetched: [^\\n]*(?:No such file|is not a directory|ould ?n[o']t open file)");
    nothingChanged(vanished);
    assertThat(other.stdout())
        .contains("lab-good.noarch 1.0-1 -> 1.1-1: FAILED (could not be fetched");
    nothingChanged(other);
  }

  @Test
  void aWrongSignatureIsNamedAndWhatItIsOfIsNotTaken() throws IOException {
    if (family == RpmFamily.ZYPPER) {
      listsOfAnotherKey();
    } else {
      aPackageWithoutSignature();
    }
    putBack("lab-good", "lab-large");
    recovers();
  }

  private void aPackageWithoutSignature() throws IOException {
    Path good = file("lab-good-1.1-1.noarch.rpm");
    local("rpmsign", "--delsign", good.toString());
    archive.publish().refresh(host.host());
    makeListsOld();

    ExecResult run = install(BOTH);

    archive.add(RpmRepository.UPDATES, Rpm.of("lab-good", "1.1")).publish();
    archive.refresh(host.host());
    makeListsOld();
    assertThat(run.stdout())
        .contains("lab-good.noarch 1.0-1 -> 1.1-1: FAILED (could not be fetched: lab-good")
        .contains("bears no signature of a key that this host knows");
    assertThat(host.packages()).contains("lab-good-1.0-1", "lab-large-1.1-1");
  }

  private void listsOfAnotherKey() throws IOException {
    archive.add(RpmRepository.UPDATES, Rpm.of("lab-good", "1.2")).publish();
    Path signature = file("repodata/repomd.xml.asc");
    byte[] own = Files.readAllBytes(signature);
    Files.copy(
        file("../lab-base/repodata/repomd.xml.asc"),
        signature,
        StandardCopyOption.REPLACE_EXISTING);
    makeListsOld();

    ExecResult run = install("lab-good");

    Files.write(signature, own);
    archive.drop(RpmRepository.UPDATES, "lab-good", "1.2").publish();
    archive.refresh(host.host());
    assertThat(run.stdout())
        .contains("The package lists could not be refreshed: ")
        .containsPattern("(?i)signature");
    assertThat(host.packages()).doesNotContain("lab-good-1.2");
  }

  private static void local(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
  }

  /** So that the next run fetches them. */
  private void makeListsOld() {
    String old =
        "rm -f /var/lib/fleetmend/*/lists-refreshed;"
            + " touch -cd '3 hours ago' /var/cache/zypp/raw/*/repodata/*"
            + " /var/lib/fleetmend/yum/cache/*/cachecookie";
    host.host().exec("sh", "-c", old).orThrow();
  }

  private Path file(String name) {
    return lab.archives().resolve("rpm-" + RpmPatchedHost.name(family) + "/lab-updates/" + name);
  }
}

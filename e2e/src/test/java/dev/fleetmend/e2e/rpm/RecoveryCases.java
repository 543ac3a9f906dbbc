package dev.fleetmend.e2e.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fleetmend.e2e.apt.HostMounts;
import dev.fleetmend.e2e.apt.PatchDriver;
import dev.fleetmend.lab.Execution;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A disk becomes read-only in the middle of a run: all ends whole without a further run. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RecoveryCases {
  private static final String STATE = "/var/lib/fleetmend";
  private static final String FILES = "/usr/lib/lab";
  private static final String[] INSTALL = {
    "Operation=Install", "RebootOption=NoReboot", "plan=lab-stuck:1.1-1,lab-good:1.1-1"
  };

  private final RpmFamily family;
  private Lab lab;
  private RpmPatchedHost host;
  private HostMounts disks;
  private String before = "";
  private int runs;

  protected RecoveryCases(RpmFamily family) {
    this.family = family;
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    String waits = ": >/run/here; while [ ! -e /run/go ]; do sleep 0.05; done";
    RpmArchive archive =
        lab.rpmArchive(family)
            .add(RpmRepository.BASE, Rpm.of("lab-stuck", "1.0").withFile(FILES + "/old", "old"))
            .add(RpmRepository.BASE, Rpm.of("lab-good", "1.0"))
            .add(RpmRepository.UPDATES, Rpm.of("lab-stuck", "1.1").withScript("pre", waits))
            .add(RpmRepository.UPDATES, Rpm.of("lab-good", "1.1"))
            .publish();
    host = RpmPatchedHost.released(lab, archive, family, "recovery");
    disks = new HostMounts(host.host());
    before = host.packages();
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

  @BeforeEach
  void startAfresh() {
    host.forgetTheQuarantine();
  }

  /** A run, in the middle of which a folder becomes a read-only disk. */
  private String interrupted(String folder) {
    host.host().exec("rm", "-f", "/run/here", "/run/go").orThrow();
    Execution run = host.patched().command("run-" + ++runs, INSTALL);
    CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> run.run().toString());
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> said.isDone() || host.host().exec("test", "-e", "/run/here").exitCode() == 0);
    disks.readOnly(folder);
    host.host().exec("touch", "/run/go").orThrow();
    return said.join();
  }

  private String recover() {
    return host.patched().java(PatchDriver.class, "recover").run().orThrow().strip();
  }

  @Test
  void rpmLeavesEveryPackageWholeAndNothingIsLeftToRecover() {
    String run = interrupted(FILES);
    disks.umount(FILES);

    assertThat(run)
        .contains("Install lab-stuck 1.0-1 1.1-1 FAILED", "Install lab-good 1.0-1 1.1-1 FAILED")
        .contains("Read-only file system");
    assertThat(host.packages()).isEqualTo(before);
    assertThat(recover()).isEqualTo("NOTHING");
    assertThat(host.host().exec("sh", "-c", "rpm -V $(rpm -qa 'lab-*')").stdout()).isEmpty();
    assertThat(host.host().exec("ls", FILES).stdout()).doesNotContain(";");
  }

  @Test
  void aRunWhoseJournalCouldNotBeWrittenOnEndsAndIsReported() {
    String run = interrupted(STATE);
    String waiting = recover();
    disks.umount(STATE);
    String mended = recover();

    assertThat(run).doesNotContain("REPORTED");
    assertThat(waiting).isEqualTo("NOTHING");
    assertThat(mended).isEqualTo("MENDED");
    assertThat(host.host().read(STATE + "/reported"))
        .contains("Install lab-stuck 1.0-1 1.1-1 DONE", "Install lab-good 1.0-1 1.1-1 DONE");
    assertThat(host.packages()).contains("lab-stuck-1.1-1", "lab-good-1.1-1");
    host.patch("run-" + ++runs, "Operation=Uninstall").orThrow();
    assertThat(host.packages()).isEqualTo(before);
  }
}

package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Undoing where packages stand in relation to each other: virtual packages, files that changed
 * hands, and chains whose older part others have come to need. One host for all.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UndoRelationsTest {
  private static final String INSTALL = "Operation=Install";
  private static final String UNINSTALL = "Operation=Uninstall";
  private static final String PREVIEW = "Operation=PreviewUninstall";
  private static final String WITH_NEWER = "WithNewer=true";
  private static final String NO_REBOOT = "RebootOption=NoReboot";
  private static final String TAKEN = "/usr/lib/lab/lab-taken.data";
  private static final String PROTOCOL = "/usr/lib/lab/lab-protocol";

  private AptRig rig;
  private PatchedHost patched;
  private String before = "";
  private int runs;

  @BeforeAll
  void open(@TempDir Path folder) {
    rig = AptRig.open(folder);
    virtualPackageChangesHands(rig.archive());
    fileChangesHands(rig.archive());
    rig.archive()
        .add(Suite.RELEASE, Deb.of("lab-low", "1.0"))
        .add(Suite.UPDATES, Deb.of("lab-low", "1.1"))
        .add(Suite.UPDATES, Deb.of("lab-needs", "1.0").withField("Depends", "lab-low (>= 1.1)"))
        .publish();
    patched = rig.host("relations", "lab-speaks", "lab-talk", "lab-taken", "lab-low", "lab-good");
    before = patched.dpkgQuery();
  }

  /** lab-speaks gives lab-talk a virtual package, which moves to a new package that bars others. */
  private static void virtualPackageChangesHands(SyntheticArchive archive) {
    archive
        .add(Suite.RELEASE, Deb.of("lab-talk", "1.0").withField("Depends", "lab-protocol"))
        .add(
            Suite.RELEASE,
            Deb.of("lab-speaks", "1.0")
                .withField("Provides", "lab-protocol (= 1)")
                .withFile(PROTOCOL, "1\n"))
        .add(Suite.UPDATES, Deb.of("lab-speaks", "1.1").withField("Depends", "lab-protocol (>= 2)"))
        .add(
            Suite.UPDATES,
            Deb.of("lab-protocol2", "1.0")
                .withField("Provides", "lab-protocol (= 2)")
                .withField("Conflicts", "lab-protocol")
                .withField("Replaces", "lab-protocol")
                .withFile(PROTOCOL, "2\n"));
  }

  /** A file moves to a new package that replaces it without breaking whose it was. */
  private static void fileChangesHands(SyntheticArchive archive) {
    archive
        .add(Suite.RELEASE, Deb.of("lab-taken", "1.0").withFile(TAKEN, "whole\n"))
        .add(Suite.UPDATES, Deb.of("lab-taken", "1.1").withField("Depends", "lab-taken-data"))
        .add(
            Suite.UPDATES,
            Deb.of("lab-taken-data", "1.1")
                .withField("Replaces", "lab-taken (<< 1.1)")
                .withFile(TAKEN, "apart\n"));
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

  @BeforeEach
  void forgetTheQuarantine() {
    patched.host().exec("rm", "-f", "/var/lib/fleetmend/quarantine").orThrow();
  }

  private String install(String plan) {
    patched.patch("run-" + ++runs, INSTALL, NO_REBOOT, "plan=" + plan).orThrow();
    return patched.newestTransaction();
  }

  private ExecResult run(String... arguments) {
    return patched.patch("run-" + ++runs, arguments);
  }

  @Test
  void aVirtualPackageGoesBackToWhomItBelongedTo() {
    install("lab-speaks:1.1");
    assertThat(patched.host().read(PROTOCOL)).isEqualTo("2\n");

    String preview = run(PREVIEW).orThrow();
    ExecResult undo = run(UNINSTALL);

    assertThat(preview).contains("lab-speaks.all 1.1 -> 1.0", "lab-protocol2.all 1.0 -> (removed)");
    assertThat(undo.exitCode()).as(undo.toString()).isZero();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
    assertThat(patched.host().read(PROTOCOL)).isEqualTo("1\n");
    assertThat(patched.host().exec("dpkg", "--audit").stdout()).isEmpty();
  }

  @Test
  void aFileThatANewPackageTookOverIsBackAsThatGoes() {
    install("lab-taken:1.1");
    assertThat(patched.host().read(TAKEN)).isEqualTo("apart\n");

    ExecResult undo = run(UNINSTALL);

    assertThat(undo.exitCode()).as(undo.toString()).isZero();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
    assertThat(patched.host().read(TAKEN)).isEqualTo("whole\n");
    assertThat(undo.stdout()).doesNotContain("is not what it was");
  }

  @Test
  void aChainIsPreviewedAndHeldAsAWhole() {
    String first = "TransactionId=" + install("lab-low:1.1");
    install("lab-good:1.1");
    String preview = run(PREVIEW, first, WITH_NEWER).orThrow();
    patched.apt("install", "lab-needs").orThrow();
    String now = patched.dpkgQuery();

    String blocked = run(PREVIEW, first, WITH_NEWER).orThrow();
    patched.host().exec("apt-mark", "hold", "lab-good").orThrow();
    String inVain = run(PREVIEW, first, WITH_NEWER).orThrow();
    patched.host().exec("apt-mark", "unhold", "lab-good").orThrow();
    String hash = preview.replaceAll("(?s).*Preview ([0-9a-f]{64}).*", "$1");
    ExecResult held = run(UNINSTALL, first, WITH_NEWER, "PreviewHash=" + hash);
    ExecResult strict = run(UNINSTALL, first, WITH_NEWER, "NotRevertible=refuse");
    String after = patched.dpkgQuery();
    patched.apt("purge", "lab-needs").orThrow();
    ExecResult done = run(UNINSTALL, first, WITH_NEWER, "PreviewHash=" + hash);

    assertThat(preview).contains("lab-good.all 1.1 -> 1.0", "lab-low.all 1.1 -> 1.0");
    assertThat(blocked)
        .contains("lab-good.all 1.1 -> 1.0")
        .contains("left out: lab-low.all 1.1: it would remove lab-needs");
    assertThat(inVain)
        .contains("left out: lab-good.all 1.1: held on this host since")
        .contains("left out: lab-low.all 1.1: not tried: a newer installation could not")
        .contains("nothing would change");
    assertThat(held.stderr())
        .contains("Stopped before anything was changed")
        .contains("previewed, and not so any more: lab-low.all 1.1 -> 1.0");
    assertThat(strict.stderr())
        .contains("Stopped before anything was changed")
        .contains("lab-low.all: it would remove lab-needs");
    assertThat(after).isEqualTo(now);
    assertThat(done.exitCode()).as(done.toString()).isZero();
    assertThat(patched.dpkgQuery()).isEqualTo(before);
  }
}

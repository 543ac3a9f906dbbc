package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Previews, runs held to them, and going back, on real Debian hosts. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreviewTest {
  private static final String INSTALL = "Operation=Install";
  private static final String NO_REBOOT = "RebootOption=NoReboot";

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

  private static String hash(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("Preview ") && line.contains(", good until"))
        .map(line -> line.substring("Preview ".length(), line.indexOf(',')))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no hash in: " + output));
  }

  @Test
  void aRunHeldToAPreviewDoesExactlyThatOrNothingAndSaysTheDifference() {
    try (PatchedHost patched = rig.host("held", "lab-good", "lab-grow", "lab-held", "lab-rival")) {
      patched.host().exec("apt-mark", "hold", "lab-held").orThrow();
      String before = patched.dpkgQuery();

      String said = patched.patch("preview-1", "Operation=PreviewInstall", NO_REBOOT).orThrow();

      assertThat(said)
          .contains("lab-good.all 1.0 -> 1.1")
          .contains("lab-extra.all (not installed) -> 1.0")
          .contains("left out: lab-held.all 1.1: held on this host")
          .contains("left out: lab-rival.all 2.0: lab-rival : Conflicts: lab-held")
          .contains("does not reboot")
          .doesNotContain("not revertible");
      assertThat(patched.dpkgQuery()).isEqualTo(before);
      String held = "PreviewHash=" + hash(said);

      archive.add(Suite.SECURITY, Deb.of("lab-good", "1.2")).publish();
      patched.apt("update").orThrow();
      ExecResult moved = patched.patch("install-1", INSTALL, NO_REBOOT, held);
      archive.drop(Suite.SECURITY, "lab-good", "1.2").publish();
      patched.apt("update").orThrow();

      assertThat(moved.exitCode()).as(moved.toString()).isEqualTo(1);
      assertThat(moved.stdout())
          .contains("previewed, and not so any more: lab-good.all 1.0 -> 1.1")
          .contains("not previewed, and so now: lab-good.all 1.0 -> 1.2");
      assertThat(moved.stderr()).contains("Stopped before anything was changed");
      assertThat(patched.dpkgQuery()).isEqualTo(before);

      archive.add(Suite.RELEASE, Deb.of("lab-extra", "0.9")).publish();
      archive.drop(Suite.SECURITY, "lab-extra", "1.0").publish();
      patched.apt("update").orThrow();
      ExecResult other = patched.patch("install-2", INSTALL, NO_REBOOT, held);
      archive.add(Suite.SECURITY, Deb.of("lab-extra", "1.0")).publish();
      archive.drop(Suite.RELEASE, "lab-extra", "0.9").publish();
      patched.apt("update").orThrow();
      assertThat(other.stdout())
          .contains("not previewed, and so now: lab-extra.all (not installed) -> 0.9");
      assertThat(patched.dpkgQuery()).isEqualTo(before);

      ExecResult done = patched.patch("install-3", INSTALL, NO_REBOOT, held);

      assertThat(done.exitCode()).as(done.toString()).isZero();
      assertThat(PatchedHost.reported(done.stdout()))
          .contains(
              "Install lab-good 1.0 1.1 DONE",
              "Install lab-grow 1.0 1.1 DONE",
              "Install lab-extra null 1.0 DONE",
              "Install lab-held 1.0 1.1 REFUSED",
              "Install lab-rival 1.0 2.0 REFUSED");

      String back = patched.patch("preview-2", "Operation=PreviewUninstall").orThrow();
      assertThat(back)
          .contains("lab-good.all 1.1 -> 1.0")
          .contains("lab-extra.all 1.0 -> (removed)");
      patched.patch("uninstall-1", "Operation=Uninstall", "PreviewHash=" + hash(back)).orThrow();
      assertThat(patched.dpkgQuery()).isEqualTo(before);
    }
  }

  @Test
  void whatCouldNotBeTakenBackIsRefusedWhereThatIsAsked() {
    try (PatchedHost patched = rig.host("policy", "lab-good", "lab-grow")) {
      archive.drop(Suite.RELEASE, "lab-grow", "1.0").publish();
      patched.apt("update").orThrow();
      String before = patched.dpkgQuery();

      String preview = patched.patch("preview-1", "Operation=PreviewInstall").orThrow();
      ExecResult refused = patched.patch("install-1", INSTALL, NO_REBOOT, "NotRevertible=refuse");
      patched.host().write("/var/lib/fleetmend/refuse-not-revertible", "");
      ExecResult byServer = patched.patch("install-3", INSTALL, NO_REBOOT);
      String after = patched.dpkgQuery();
      ExecResult warned = patched.patch("install-2", INSTALL, NO_REBOOT, "NotRevertible=warn");
      archive.add(Suite.RELEASE, Deb.of("lab-grow", "1.0")).publish();

      assertThat(preview)
          .contains("lab-grow.all 1.0 -> 1.1, not revertible: no archive offers 1.0 any more")
          .contains("ends with a reboot");
      assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.stdout())
          .contains("lab-grow.all 1.1 could not be taken back: no archive offers 1.0 any more");
      assertThat(byServer.stdout()).contains("lab-grow.all 1.1 could not be taken back");
      assertThat(byServer.exitCode()).isEqualTo(1);
      assertThat(after).isEqualTo(before);
      assertThat(warned.exitCode()).as(warned.toString()).isZero();
      assertThat(patched.host().read("/var/lib/fleetmend/transactions").lines())
          .contains(
              "Install lab-good 1.0 1.1 DONE can ",
              "Install lab-grow 1.0 1.1 DONE cannot no archive offers 1.0 any more");
    }
  }

  @Test
  void goingBackOverSeveralInstallationsIsDoneInOrderOrNotAtAll() {
    try (PatchedHost patched = rig.host("chain", "lab-cli", "lab-good")) {
      String before = patched.dpkgQuery();
      patched
          .patch("install-1", INSTALL, NO_REBOOT, "plan=lab-cli:1.1,lab-app:1.1,lab-lib:1.1")
          .orThrow();
      String first = patched.newestTransaction();
      patched.patch("install-2", INSTALL, NO_REBOOT, "plan=lab-good").orThrow();
      patched
          .patch("install-3", INSTALL, NO_REBOOT, "plan=lab-cli:1.2,lab-app:1.2,lab-lib:1.2")
          .orThrow();
      String last = patched.newestTransaction();
      String after = patched.dpkgQuery();

      ExecResult alone = patched.patch("undo-1", "Operation=Uninstall", "TransactionId=" + first);
      assertThat(alone.exitCode()).isEqualTo(1);
      assertThat(alone.stderr())
          .contains("installation " + last + " has changed lab-")
          .contains("Nothing was done");
      assertThat(patched.dpkgQuery()).isEqualTo(after);

      String preview =
          patched
              .patch(
                  "preview-1",
                  "Operation=PreviewUninstall",
                  "TransactionId=" + first,
                  "WithNewer=true")
              .orThrow();
      assertThat(preview)
          .contains("lab-cli.all 1.2 -> 1.1", "lab-cli.all 1.1 -> 1.0", "lab-good.all 1.1 -> 1.0");
      ExecResult chain =
          patched.patch(
              "undo-2",
              "Operation=Uninstall",
              "TransactionId=" + first,
              "WithNewer=true",
              "PreviewHash=" + hash(preview));

      assertThat(chain.exitCode()).as(chain.toString()).isZero();
      List<String> reported = PatchedHost.reported(chain.stdout());
      assertThat(reported)
          .contains("Rollback lab-cli 1.2 1.1 DONE", "Rollback lab-cli 1.1 1.0 DONE");
      assertThat(reported.indexOf("Rollback lab-cli 1.2 1.1 DONE"))
          .isLessThan(reported.indexOf("Rollback lab-good 1.1 1.0 DONE"));
      assertThat(patched.dpkgQuery()).isEqualTo(before);
    }
  }

  @Test
  void filesThatAreNotWhatTheyWereAreNamedAfterAnUndo() {
    archive
        .add(
            Suite.RELEASE,
            Deb.of("lab-restless", "1.0")
                .withScript("postinst", "[ -z \"$2\" ] || date >>/usr/lib/lab/lab-restless"))
        .add(Suite.UPDATES, Deb.of("lab-restless", "1.1"))
        .publish();
    try (PatchedHost patched = rig.host("files", "lab-restless", "lab-good")) {
      patched
          .patch("install-1", INSTALL, NO_REBOOT, "plan=lab-restless:1.1,lab-good:1.1")
          .orThrow();

      String said = patched.patch("uninstall-1", "Operation=Uninstall").orThrow();

      assertThat(said)
          .contains(
              "/usr/lib/lab/lab-restless is not what it was, although lab-restless.all is back")
          .doesNotContain("/usr/lib/lab/lab-good ");
    }
  }
}

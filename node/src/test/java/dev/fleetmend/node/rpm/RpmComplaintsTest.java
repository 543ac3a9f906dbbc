package dev.fleetmend.node.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.Complaint;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RpmComplaintsTest {
  @Test
  void tellsWhichPackageFailedAndWithWhatItsScriptSaid() throws IOException {
    Map<String, Complaint> said = RpmComplaints.parse(Golden.read("dnf4.install-failures.log"));

    assertThat(said)
        .containsEntry(
            "lab-broken",
            new Complaint("%prein failed with exit status 1; pre fails on purpose", false))
        .containsEntry(
            "lab-warn",
            new Complaint("%post failed with exit status 1; post fails on purpose", false))
        .hasSize(2);
  }

  @Test
  void readsThemAsDnf5PassesThemOn() throws IOException {
    assertThat(RpmComplaints.parse(Golden.read("dnf5.install-failures.log")))
        .containsEntry(
            "lab-broken",
            new Complaint("%prein failed with exit status 1; lab: pre fails on purpose", false))
        .containsEntry(
            "lab-warn",
            new Complaint("%post failed with exit status 1; lab: post fails on purpose", false))
        .hasSize(2);
  }

  @Test
  void whatYumPassesOnIsTold() throws IOException {
    Map<String, Complaint> said = RpmComplaints.parse(Golden.read("yum3.install-failures.log"));

    assertThat(said)
        .containsEntry(
            "lab-broken",
            new Complaint("%pre failed with exit status 1; pre fails on purpose", false))
        .containsEntry(
            "lab-warn",
            new Complaint("%post failed with exit status 1; post fails on purpose", false))
        .hasSize(2);
  }

  @Test
  void aScriptThatWasKilledIsNoFailureOfItsPackage() {
    assertThat(
            RpmComplaints.parse(
                "warning: %post(lab-slow-1.1-1.lab.noarch) scriptlet failed, signal 9\n"))
        .containsEntry("lab-slow", new Complaint("%post failed with signal 9", true));
  }

  @Test
  void anRpmThatWasKilledBelowZypperLeavesItsPackageInDoubt() throws IOException {
    assertThat(RpmComplaints.parse(Golden.read("zypper.rpm-killed.log")))
        .containsOnly(
            Map.entry(
                "lab-knew",
                new Complaint("rpm ended without a reason, as where it is killed", true)));
  }

  @Test
  void anRpmThatFailsBelowZypperSaysWhy() {
    assertThat(
            RpmComplaints.parse(
                """
                Removal of (12)lab-stay-1.0-1.noarch(@System) failed:
                Error: Subprocess failed. Error: RPM failed: error: %preun(lab-stay-1.0-1.noarch) scriptlet failed, exit status 1
                error: lab-stay-1.0-1.noarch: erase failed

                Abort, retry, ignore? [a/r/i] (a): a
                """))
        .containsEntry("lab-stay", new Complaint("erase failed", false));
  }

  @Test
  void namesWhatHasNoRoom() {
    assertThat(
            RpmComplaints.parse(
                """
                Error: Transaction test error:
                  installing package a-b-1.1-1.noarch needs 16MB more space on the /srv filesystem
                """))
        .containsEntry("a-b", new Complaint("needs 16MB more space on the /srv filesystem", false));
    assertThat(
            RpmComplaints.parse(
                """
                Transaction failed: Rpm transaction failed.
                Warning: skipped OpenPGP checks for 2 packages from repository: @commandline
                  - installing package a-b-1-1.noarch needs 18MB more space on the /srv filesystem
                """))
        .containsEntry("a-b", new Complaint("needs 18MB more space on the /srv filesystem", false));
  }

  @Test
  void namesWhatAFullDiskBroke() {
    assertThat(
            RpmComplaints.parse(
                """
                error: unpacking of archive failed on file /usr/lib/a;1: cpio: write failed
                error: a-b-1:2.0-3.el9.x86_64: install failed
                """))
        .containsEntry(
            "a-b",
            new Complaint(
                "unpacking of archive failed on file /usr/lib/a;1: cpio: write failed", false));
  }
}

package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.Complaint;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
  @Test
  void namesThePackagesThatFailedWithTheirScriptsOwnWords() throws IOException {
    Map<String, Complaint> complaints = Complaints.parse(Golden.read("debian12.failures.log"));

    assertThat(complaints).containsOnlyKeys("lab-norm", "lab-broken");
    assertThat(complaints)
        .extractingByKey("lab-broken")
        .extracting(Complaint::reason)
        .asString()
        .contains("post-installation script subprocess returned error exit status 1")
        .contains("lab: postinst fails on purpose")
        .doesNotContain("Setting up");
    assertThat(complaints.values()).noneMatch(Complaint::cutShort);
  }

  @Test
  void tellsAKilledPackageFromOneThatFailed() {
    Map<String, Complaint> complaints =
        Complaints.parse(
            """
            dpkg: error processing package lab-a (--configure):
             installed lab-a package post-installation script subprocess was killed by signal (Killed)
            dpkg: error processing archive /tmp/apt-dpkg-install-x/1-lab-b_1.1_all.deb (--unpack):
             unable to write to status fd 9: Broken pipe
            dpkg: error processing package lab-c (--configure):
             installed lab-c package post-installation script subprocess was killed by signal (Segmentation fault)
            """);

    assertThat(complaints.values())
        .extracting(Complaint::cutShort)
        .containsExactly(true, true, false);
  }
}

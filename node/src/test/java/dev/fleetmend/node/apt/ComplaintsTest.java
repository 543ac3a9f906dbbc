package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
  @Test
  void namesThePackagesThatFailedWithTheirScriptsOwnWords() throws IOException {
    Map<String, String> complaints = Complaints.parse(Golden.read("debian12.failures.log"));

    assertThat(complaints).containsOnlyKeys("lab-norm", "lab-broken");
    assertThat(complaints.get("lab-broken"))
        .contains("post-installation script subprocess returned error exit status 1")
        .contains("lab: postinst fails on purpose")
        .doesNotContain("Setting up");
  }
}

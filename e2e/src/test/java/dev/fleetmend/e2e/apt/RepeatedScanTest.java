package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Deb;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running agent remembers what it read: whatever changes on the host, its next scan shows it. */
@Tag("lab")
@Tag("slow")
class RepeatedScanTest {
  private static final String PIN = "/etc/apt/preferences.d/one";

  @Test
  void everyChangeIsSeenByTheNextScan(@TempDir Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    try (Lab lab = Lab.open(folder.resolve("lab"));
        PatchedHost patched = PatchedHost.boot(lab, "again", BaseRoot.DEBIAN_MINIMAL)) {
      SyntheticArchive archive =
          lab.wellKnownArchive()
              .add(Suite.UPDATES, Deb.of("lab-good", "1.0.5").withField("Section", "net"))
              .publish();
      archive.offer(patched.host(), Suite.RELEASE, Suite.UPDATES);
      patched.apt("install", "lab-good=1.0").orThrow();
      patched.host().write("/root/security", archive.sources(Suite.SECURITY));
      String offered = " 1.1*/admin 1.0.5/net 1.0/admin";

      Map<String, String> expected = new LinkedHashMap<>();
      expected.put("true", "1.0 1.0.5*/net 1.0/admin");
      expected.put(":", "1.0 1.0.5*/net 1.0/admin");
      expected.put(
          "cat /root/security >>/etc/apt/sources.list; apt-get -qq update", "1.0" + offered);
      expected.put("apt-mark hold lab-good", "1.0 held" + offered);
      expected.put("apt-mark unhold lab-good", "1.0" + offered);
      expected.put("apt-get -qq -y install lab-good=1.0.5", "1.0.5 1.1*/admin 1.0.5/net");
      expected.put("dpkg -P lab-good", "");
      expected.put("apt-get -qq -y install lab-good=1.0", "1.0" + offered);
      expected.put(
          "printf 'Package: lab-good\\nPin: version 1.1\\nPin-Priority: -99\\n' >" + PIN,
          "1.0 1.1/admin 1.0.5*/net 1.0/admin");
      expected.put( // in place, as long and as old as it was
          "touch -r "
              + PIN
              + " /root/old; sed 's/-99/999/' "
              + PIN
              + " >/root/pin;"
              + " cat /root/pin >"
              + PIN
              + "; touch -r /root/old "
              + PIN,
          "1.0" + offered);
      expected.put(
          "sed -i 's/999/-99/' " + PIN + "; rm -f /root/old", "1.0 1.1/admin 1.0.5*/net 1.0/admin");
      expected.put(
          "mkdir /nowhere;"
              + " echo 'Dir::Etc::PreferencesParts \"/nowhere\";' >/etc/apt/apt.conf.d/elsewhere",
          "1.0" + offered);
      expected.put("sed -i /lab-updates/d /etc/apt/sources.list", "1.0 1.1*/admin 1.0/admin");
      expected.put("rm -f /var/lib/apt/lists/*_lab-security_*", "1.0 1.0*/admin");

      List<String> arguments = new ArrayList<>(List.of("lab-good"));
      arguments.addAll(expected.keySet());
      String said = patched.java(ScanSteps.class, arguments.toArray(String[]::new)).run().orThrow();

      assertThat(said.lines()).containsExactlyElementsOf(expected.values());
    }
  }
}

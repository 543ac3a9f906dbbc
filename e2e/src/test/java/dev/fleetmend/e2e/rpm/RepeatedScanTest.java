package dev.fleetmend.e2e.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A running agent remembers what rpm said: whatever changes on the host, its next scan shows it.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedScanTest {
  private static final String NOW = " < 1.1-1";

  private Lab lab;

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest
  @EnumSource(RpmFamily.class)
  void everyChangeIsSeenByTheNextScan(RpmFamily family) {
    lab.obstacle(family.root()).ifPresent(Assumptions::abort);
    RpmArchive archive =
        lab.rpmArchive(family)
            .add(RpmRepository.BASE, Rpm.of("lab-good", "1.0"))
            .add(RpmRepository.UPDATES, Rpm.of("lab-good", "1.1"))
            .publish();
    String name = family.name().toLowerCase(Locale.ROOT);
    try (PatchedHost patched = PatchedHost.boot(lab, "again-" + name, family.root())) {
      archive.installReleased(patched.host());
      String files = "/srv/lab/rpm-" + name + "/lab-";
      String old = files + "base/lab-good-1.0-1.noarch.rpm";
      String fresh = files + "updates/lab-good-1.1-1.noarch.rpm";

      Map<String, String> expected = new LinkedHashMap<>();
      expected.put("true", "1.0-1" + NOW);
      expected.put(":", "1.0-1" + NOW);
      expected.put("cp -a $(rpm --eval %_dbpath) /root/before", "1.0-1" + NOW);
      expected.put("rpm -e lab-good", "");
      expected.put("rpm -i " + old, "1.0-1" + NOW);
      expected.put("rpm -U " + fresh, "1.1-1" + NOW);
      expected.put("rpm -U --oldpackage " + old, "1.0-1" + NOW);
      expected.put("rpm -U --justdb " + fresh, "1.1-1" + NOW);
      expected.put("cp -a /root/before/. $(rpm --eval %_dbpath)", "1.0-1" + NOW); // of old times
      expected.put("rpm -e lab-good", "");

      List<String> arguments = new ArrayList<>(List.of("lab-good"));
      arguments.addAll(expected.keySet());
      String said =
          patched.java(RpmScanSteps.class, arguments.toArray(String[]::new)).run().orThrow();

      assertThat(said.lines()).containsExactlyElementsOf(expected.values());
    }
  }
}

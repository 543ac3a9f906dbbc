package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.DebianArchive;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A small real server with the updates that Debian has for it today. */
@Tag("lab")
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerHostTest {
  private static final Pattern OUTSTANDING = Pattern.compile("(?m)^Inst (\\S+) \\[(\\S+)] \\(.*");
  private Lab lab;

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void allUpdatesGoInAndComeOutAgainThoughTheArchiveMovedOn() {
    try (PatchedHost patched = PatchedHost.boot(lab, "server", BaseRoot.DEBIAN_SERVER)) {
      patched.apt("update").orThrow();
      patched.apt("clean").orThrow();
      String before = patched.dpkgQuery();
      String automatic = patched.host().exec("apt-mark", "showauto").orThrow();
      List<String[]> outstanding = outstanding(patched);
      assertThat(outstanding).isNotEmpty();

      patched.patch("install-1", "Operation=Install", "RebootOption=NoReboot").orThrow();
      assertThat(outstanding(patched)).isEmpty();

      DebianArchive archive = lab.debianArchive();
      for (String[] one : outstanding) {
        drop(archive, one[0], one[1]);
      }
      patched.apt("update").orThrow();
      patched.apt("clean").orThrow();
      patched.patch("uninstall-1", "Operation=Uninstall").orThrow();

      assertThat(patched.dpkgQuery()).isEqualTo(before);
      assertThat(patched.host().exec("apt-mark", "showauto").orThrow()).isEqualTo(automatic);
      assertThat(patched.host().exec("dpkg", "--audit").orThrow()).isEmpty();
    }
  }

  private static List<String[]> outstanding(PatchedHost patched) {
    return OUTSTANDING
        .matcher(patched.host().exec("apt-get", "-s", "-qq", "dist-upgrade").orThrow())
        .results()
        .map(found -> new String[] {found.group(1), found.group(2)})
        .toList();
  }

  /** What no archive ever offered is gone from it already. */
  private static void drop(DebianArchive archive, String name, String version) {
    try {
      archive.drop(name, version);
    } catch (LabException e) {
      System.out.println("not in the archive: " + name + " " + version);
    }
  }
}
